using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;

namespace Converge.Bench.Hosts;

/// <summary>
/// Where OpenSSH keeps connections for Ansible between tasks and runs. Each set of hosts has its own: the next lab has the same addresses, and a
/// connection to a host of the last one leads nowhere.
/// </summary>
internal sealed class KeptConnections : IAsyncDisposable
{
    // Short, since the path of a socket has at most 107 characters.
    private readonly string _folder = Directory.CreateTempSubdirectory("cb-").FullName;

    /// <summary>Ansible's settings for hosts that this ssh_config has.</summary>
    public IReadOnlyDictionary<string, string> ForAnsible(string sshConfig) => new Dictionary<string, string>
    {
        ["ANSIBLE_SSH_ARGS"] = $"-F {sshConfig} -o ControlMaster=auto -o ControlPersist=60s",
        ["ANSIBLE_SSH_CONTROL_PATH_DIR"] = _folder,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Directory.GetFiles(_folder))
        {
            // Some may just have ended by themselves.
            await CommandTimer.RunAsync(new ShellCommand("ssh", ["-S", socket, "-O", "exit", "any"]) { Verdict = _ => null }, CancellationToken.None).ConfigureAwait(false);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
