using System;
using System.Linq;
using Converge.Sessions.Ssh;

namespace Converge.Sessions.OpenSsh;

/// <summary>Turns the words of the ssh program into ours. Its messages are not translated.</summary>
internal static class OpenSshFailure
{
    /// <summary>The door was slammed before we could say who we are: too many knock at once (MaxStartups).</summary>
    public static bool IsDropped(string said) => said.Contains("kex_exchange_identification", StringComparison.Ordinal);

    /// <summary>It is about keys, the host's or ours, not about the network.</summary>
    public static bool IsRefusal(string said) =>
        said.Contains("Host key verification failed", StringComparison.Ordinal) || said.Contains("Permission denied", StringComparison.Ordinal)
        || said.Contains("host key", StringComparison.OrdinalIgnoreCase);

    public static HostUnreachableException From(string host, SshTarget target, string said, TimeSpan timeout)
    {
        bool Says(string words) => said.Contains(words, StringComparison.Ordinal);

        if (Says("Could not resolve hostname"))
        {
            return SshFailure.NoName(host, target);
        }

        if (Says("Connection refused"))
        {
            return SshFailure.Refused(host, target);
        }

        if (Says("Connection timed out") || Says("timed out during banner exchange"))
        {
            return SshFailure.NoAnswer(host, target, timeout);
        }

        if (said.Split('\n').FirstOrDefault(l => l.StartsWith("ssh: connect to host", StringComparison.Ordinal)) is { } connect && target.Detour is null)
        {
            return SshFailure.NoRoute(host, target, connect[(connect.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Trim());
        }

        var lines = said.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && !l.StartsWith("@@@", StringComparison.Ordinal)).ToList();
        return new(host, $"no SSH connection to {target}:{string.Concat(lines.Select(l => "\n    " + l))}", $"To see more, run:\n    ssh -v {ShellQuote.ForReading(host)} true");
    }
}
