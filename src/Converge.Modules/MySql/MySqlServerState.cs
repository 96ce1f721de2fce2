using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>How far the way to a server's socket leads.</summary>
public enum MySqlReach
{
    /// <summary>Neither a server nor data of one is there.</summary>
    Absent,

    /// <summary>A server is installed, but root cannot get in over its socket.</summary>
    Down,

    /// <summary>It answers.</summary>
    Up,
}

/// <summary>A server as found, and what it says of privileges: what ALL means is the server's to say, and changes with each release.</summary>
/// <param name="Reach">Whether it answers.</param>
public sealed record MySqlServerState(MySqlReach Reach)
{
    private static readonly string[] _clients = ["mysql", "mariadb"];

    /// <summary><c>mysql</c>, <c>mariadb</c>, or empty when no client is installed.</summary>
    public string Client { get; init; } = "";

    /// <summary>As the server says it; empty when it does not answer.</summary>
    public string Version { get; init; } = "";

    /// <summary>Why it does not answer, in the client's words.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Database names in grants are taken literally (MySQL, <c>partial_revokes</c>).</summary>
    public bool PartialRevokes { get; init; }

    /// <summary>All privileges of this server, in capitals; ALL on everything means these. Empty when it does not answer.</summary>
    public IReadOnlySet<string> Privileges { get; init; } = new HashSet<string>();

    /// <summary>How many privileges ALL on a database means.</summary>
    public int DatabasePrivileges { get; init; }

    /// <summary>How many privileges ALL on a table means.</summary>
    public int TablePrivileges { get; init; }

    /// <summary>It is MariaDB.</summary>
    public bool IsMariaDb => Version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) || (Version.Length == 0 && Client == "mariadb");

    /// <summary>The server that a plan goes by: this one, or the fresh one that the pending package brings.</summary>
    internal MySqlServerState Expected(DiffContext context)
    {
        var coming = Reach != MySqlReach.Absent ? null : context.Pending
            .Where(id => id.Kind is "package" or "service")
            .Select(id => _clients.FirstOrDefault(c => id.Name.StartsWith(c, StringComparison.Ordinal)))
            .FirstOrDefault(c => c is not null);
        return this with { Client = coming ?? (Client.Length > 0 ? Client : _clients[0]) };
    }

    /// <summary>
    /// The one change to plan when nothing can be known of the server's content yet, or null when it can: because it answers, or because there is
    /// no server yet, so that a fresh one will be empty.
    /// </summary>
    /// <exception cref="ProbeException">It does not answer, and nothing that is pending could change that.</exception>
    internal Change? Undecided(string property, string? to, DiffContext context)
    {
        if (Reach == MySqlReach.Up)
        {
            return null;
        }

        if (context.Pending.Count == 0)
        {
            throw Reach == MySqlReach.Absent ? NotInstalled() : NotAnswering();
        }

        var cause = context.Pending.LastOrDefault(id => id.Kind is "service", context.Pending[^1]);
        return Reach == MySqlReach.Absent ? null : Change.DecidedAfter(property, to, cause.ToString());
    }

    private static ProbeException NotInstalled() =>
        new("no MySQL or MariaDB server is installed", "Add a server to the host:\n    host.Add(new MySqlServer());");

    private ProbeException NotAnswering() => Problem.Contains("Access denied", StringComparison.Ordinal)
        ? new ProbeException(
            $"the server does not let root in over its socket: {Problem}",
            "Let root@localhost log in by its system account (plugin auth_socket, or unix_socket for MariaDB), or put its credentials into /root/.my.cnf, mode 0600.")
        : new ProbeException(
            $"the server does not answer on its socket: {Problem}",
            "To see why, run on the host:\n    systemctl status mysql mariadb\n    journalctl -u mysql -u mariadb -n 20");
}
