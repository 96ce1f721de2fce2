using System;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>Waits for the last word of a session: its work is stopped and its files are removed.</summary>
internal sealed class Farewell : IOutputSink, IMarkerSink
{
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MarkerScanner _scanner;

    public Farewell(string nonce) => _scanner = new MarkerScanner(nonce, this);

    public Task Said => _said.Task;

    public void Receive(ReadOnlySpan<byte> chunk) => _scanner.Scan(chunk);

    public void Close() => _said.TrySetResult();

    void IMarkerSink.Data(ReadOnlySpan<byte> bytes)
    {
    }

    void IMarkerSink.Marker(string words) => _said.TrySetResult();
}
