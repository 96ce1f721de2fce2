using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>How the server's own command line client is called: over the local socket, SQL on standard input.</summary>
internal static class MySqlClient
{
    /// <summary>Begins a session in which text is quoted the way <see cref="SqlText.Escape"/> does it, whatever the server's settings are.</summary>
    public const string PlainQuotes = "SET SESSION sql_mode = '';\n";

    // --binary-mode: no line ending is changed, NUL is data, and the client's own commands (\! runs a program) are off.
    private static readonly string[] _arguments =
        ["--protocol=socket", "--batch", "--raw", "--skip-column-names", "--binary-mode", "--default-character-set=utf8mb4", "--connect-timeout=10"];

    /// <summary>The arguments as shell text.</summary>
    public static string ShellArguments { get; } = string.Join(' ', _arguments);

    /// <summary>Sends SQL.</summary>
    /// <param name="client"><c>mysql</c> or <c>mariadb</c>; newer MariaDB has no <c>mysql</c>.</param>
    /// <param name="sql">May hold secrets.</param>
    /// <param name="more">Further arguments; no secrets.</param>
    public static RunProgram Send(string client, Content sql, params IEnumerable<string> more) => new(client, [.. _arguments, .. more]) { Input = sql };
}
