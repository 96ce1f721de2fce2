using System;
using System.Linq;

namespace Converge.Sessions.Shell;

/// <summary>Words for what goes wrong between us and a shell.</summary>
internal static class SessionFailure
{
    private const string RunAgain = "Run again: what is unfinished is found and finished.";

    public static HostUnreachableException WrongSudoPassword(string host) =>
        new(host, "sudo does not accept the password", "Give the password of the user who logs in, not root's.");

    /// <summary>The shell ended before it said hello.</summary>
    public static HostUnreachableException NoSession(string host, bool loggedIn, string said, string ending) => loggedIn
        ? new(host, $"the session ended before it began{Quote(Last(said))}{Because(ending)}")
        : new(host, $"no shell answered{Quote(Last(said))}{Because(ending)}", "The login user needs a shell that runs sh. Try by hand:\n    ssh HOST sh -c 'echo hello'");

    /// <summary>The login user did not become root.</summary>
    public static HostUnreachableException SudoRefuses(string host, string user, string said, string ending)
    {
        var words = Last(said);
        return new(host, $"sudo refuses{(words.Length > 0 ? Quote(words) : Because(ending))}", SudoRemedy(user, words));
    }

    public static HostUnreachableException Lost(string host, string ending) =>
        new(host, $"the connection was lost{Because(ending)}", RunAgain);

    public static HostUnreachableException Silent(string host, TimeSpan silence) =>
        new(host, $"nothing was heard for {silence.TotalSeconds:0} seconds: the connection or the host is stuck", RunAgain);

    public static HostUnreachableException Stuck(string host, string what, TimeSpan deadline) =>
        new(host, $"{what} did not end although it was killed at its deadline of {deadline.TotalSeconds:0} seconds",
            "A process that cannot be killed waits for a device or a network file system. To see which, run on the host:\n    ps -eo pid,stat,wchan:30,args | grep ' D'");

    public static HostUnreachableException Idle(string host) =>
        new(host, "it talks, but does not go on with the request", RunAgain);

    public static HostUnreachableException ShellDied(string host, string said) =>
        new(host, $"the shell that ran the request was killed{Quote(Last(said))}", "Memory may have run out. To see, run on the host:\n    journalctl -k -n 50\n" + RunAgain);

    private static string SudoRemedy(string user, string words)
    {
        if (words.Contains("not found", StringComparison.Ordinal))
        {
            return "Install sudo on the host, or log in as root: User root in ssh_config.";
        }

        var need = words.Contains("password is required", StringComparison.Ordinal) ? "Give sudo's password, or let the user become root without one"
            : words.Contains("tty", StringComparison.Ordinal) ? "Let the user become root without a terminal"
            : "Let the user become root";
        var line = words.Contains("tty", StringComparison.Ordinal) ? $"Defaults:{user} !requiretty" : $"{user} ALL=(root) NOPASSWD: ALL";
        return $"{need}, with this line in a file of /etc/sudoers.d on the host (visudo -f /etc/sudoers.d/converge):\n    {line}";
    }

    private static string Last(string said) => string.Join('\n', said.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).TakeLast(5));

    private static string Quote(string words) => words.Length == 0 ? "" : $": {words}";

    private static string Because(string ending) => ending.Length == 0 ? "" : $" ({ending})";
}
