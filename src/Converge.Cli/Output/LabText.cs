using System.Linq;
using System.Text;
using Converge.Lab;

namespace Converge.Cli.Output;

/// <summary>A lab's status for people.</summary>
internal static class LabText
{
    public static string Of(LabStatus status)
    {
        var text = new StringBuilder();
        text.Append("lab ").Append(status.Name).Append(status.Up ? " is up" : " is down").Append('\n');
        var name = status.Hosts.Max(h => h.Name.Length);
        var address = status.Hosts.Max(h => h.Address.Length);
        foreach (var host in status.Hosts)
        {
            text.Append("  ").Append(host.Name.PadRight(name)).Append("  ").Append(host.Address.PadRight(address)).Append("  ")
                .Append(host.Suite.PadRight(8)).Append("  ").Append(host.State.ToString().ToLowerInvariant()).Append('\n');
        }

        if (status.SshConfig is { } config)
        {
            text.Append("Reach its hosts with:\n    ssh -F ").Append(ShellQuote.ForReading(config)).Append(' ').Append(status.Hosts[0].Name).Append('\n');
        }

        return text.ToString();
    }
}
