using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions;

/// <summary>How hosts are reached by SSH.</summary>
public sealed record SshOptions
{
    /// <summary>What is not about SSH: sudo, time limits.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>An ssh_config that is read instead of <c>~/.ssh/config</c> and <c>/etc/ssh/ssh_config</c>. Null: those two.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>
    /// Takes the key of a host that was never seen before, and records it in the first UserKnownHostsFile. A key that has changed is refused all
    /// the same. Default: no.
    /// </summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>Asks for the passphrase of a private key, given its path; null as answer: go on without that key. Null: nobody can be asked.</summary>
    public Func<string, CancellationToken, Task<Secret?>>? AskPassphrase { get; init; }

    /// <summary>How many hosts may shake hands at a time, so that sshd's MaxStartups on a jump or a test machine is not hit. Default: 32.</summary>
    public int MaxHandshakes { get; init; } = 32;

    /// <summary>
    /// How long <see cref="OpenSshConnector"/> keeps a connection open after its last use, for the next run. It is the operator's own: its socket
    /// is in a folder that nobody else can enter. Less than a second counts as a second. Default: 1 minute.
    /// </summary>
    public TimeSpan KeepConnection { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Where <see cref="OpenSshConnector"/> has the sockets of kept connections; must be closed to others. Null: <c>converge</c> in
    /// <c>XDG_RUNTIME_DIR</c>, or <c>~/.cache/converge/ssh</c>.
    /// </summary>
    public string? ControlFolder { get; init; }

    /// <summary>Is told what in an ssh_config is not followed. Null: nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>What <c>~</c> means. Default: the home of the user who runs this.</summary>
    public string Home { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
