using System.ComponentModel;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Shell;

namespace Converge.Sessions;

/// <summary>Opens sessions on this machine, without SSH.</summary>
public sealed class LocalConnector(SessionOptions? options = null) : IHostConnector
{
    private readonly SessionOptions _options = options ?? new();

    /// <summary>The shell. Default: <c>sh</c>.</summary>
    public string Shell { get; init; } = "sh";

    /// <inheritdoc/>
    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        ProcessChannel channel;
        try
        {
            channel = ProcessChannel.Start(Shell, Handshake.Loader);
        }
        catch (Win32Exception e)
        {
            throw new HostUnreachableException(host.Name, $"{Shell} cannot be started: {e.Message}", "Converge needs a POSIX shell.", e);
        }

        return await ShellSession.StartAsync(host.Name, channel, _options, ct).ConfigureAwait(false);
    }
}
