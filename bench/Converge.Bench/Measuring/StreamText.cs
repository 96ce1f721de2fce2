using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Measuring;

/// <summary>
/// What a process writes to a stream. Its end may never come: a connection that ssh keeps for later (ControlPersist) inherits standard error and
/// holds it open long after the process is gone.
/// </summary>
internal sealed class StreamText
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private readonly Task _reading;

    public StreamText(StreamReader stream) => _reading = ReadAsync(stream);

    /// <summary>All that was written, to be asked for when the process is gone.</summary>
    public async Task<string> AtEndAsync()
    {
        await Task.WhenAny(_reading, Task.Delay(Patience)).ConfigureAwait(false);
        lock (_lock)
        {
            return _text.ToString();
        }
    }

    private async Task ReadAsync(StreamReader stream)
    {
        var buffer = new char[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                lock (_lock)
                {
                    _text.Append(buffer, 0, count);
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or IOException)
        {
            // Closed on our side, because nobody waits for it any longer.
        }
    }
}
