using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Converge.Modules;

/// <summary>An account of the host's MySQL or MariaDB server: from where it may log in, how, and what it is allowed.</summary>
/// <remarks>
/// A password is compared with what the server stores by hashing it with the stored salt, so it is set only when it differs. It reaches the
/// server by standard input of a client on the local socket; MariaDB, which would log it in clear, is given its hash only (where MariaDB checks
/// new passwords by a plugin, this needs <c>strict_password_validation=OFF</c>). Grants of routines, roles, proxies and partial revokes are left
/// as found.
/// </remarks>
/// <example>
/// <code>
/// db.Add(new MySqlUser("app", from: app)
/// {
///     Password = Secret.FromEnvironment("FOOBAR_DB_PASSWORD"),
///     Grants = { data.Allow("SELECT", "INSERT", "UPDATE") },
/// });
/// </code>
/// </example>
public sealed record MySqlUser : Resource<MySqlUserState>
{
    private MySqlGrants? _grants;

    /// <summary>An account that logs in from a host of the fleet, whose firewall opening comes with it.</summary>
    /// <param name="userName">Name of the account.</param>
    /// <param name="from">Where its owner runs.</param>
    public MySqlUser(string userName, Host from)
    {
        (UserName, From) = (userName, from);
        Source = IPAddress.TryParse(from.Address, out var ip) ? ip.ToString() : from.Address.ToLowerInvariant();
    }

    /// <summary>An account that logs in from addresses or names that fit a pattern. Opens no firewall.</summary>
    /// <param name="userName">Name of the account.</param>
    /// <param name="from"><c>localhost</c>, <c>10.77.0.%</c>, or <c>%</c> for anywhere. Default: localhost.</param>
    public MySqlUser(string userName, string from = "localhost") => (UserName, Source) = (userName, from.ToLowerInvariant());

    /// <summary>Name of the account.</summary>
    public string UserName { get; }

    /// <summary>Where its owner runs; null when it was given as a pattern.</summary>
    public Host? From { get; }

    /// <summary>The host part of the account, as the server stores it.</summary>
    public string Source { get; }

    /// <summary>Null: left as found.</summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// <c>caching_sha2_password</c>, <c>mysql_native_password</c> or <c>ed25519</c> with a password; another, such as <c>auth_socket</c> or
    /// <c>unix_socket</c>, without. Null: left as found, the server's default for a new account.
    /// </summary>
    public string? Plugin { get; init; }

    /// <summary>Exactly what it is allowed: other privileges are taken away. Not given: left as found; <c>[]</c>: nothing.</summary>
    public MySqlGrants Grants
    {
        get => _grants ??= [];
        init => _grants = value;
    }

    /// <summary>Port of the server, for the firewall opening. Default: 3306.</summary>
    public int Port { get; init; } = 3306;

    /// <summary>The account shall not exist.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "mysql-user";

    /// <summary><c>app@10.77.0.31</c>.</summary>
    public override string Name => $"{UserName}@{Source}";

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => [
        .. MySqlProvision.Servers,
        .. (_grants ?? []).Where(g => g.Database is not null).Select(g => MySqlProvision.Database(g.Database!)),
        .. (_grants ?? []).Where(g => g.Table is not null).Select(g => MySqlProvision.Tables(g.Database!))];

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) =>
        From is null || From == host || Absent ? [] : [new Connection(From, host.Port(Port))];

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (UserName.Length == 0 || Source.Length == 0)
        {
            yield return "an account has a name and a place that it logs in from";
        }

        if (Plugin is not null && !MySqlName.IsWord(Plugin))
        {
            yield return $"\"{Plugin}\" is no name of an authentication plugin";
        }
        else if (Plugin is not null && Password is not null && !StoredPassword.CanCheck(Plugin))
        {
            yield return StoredPassword.GoesBySystemAccount(Plugin)
                ? $"{Plugin} goes by the system account and takes no password"
                : $"a password of plugin {Plugin} cannot be compared with what the server stores: use caching_sha2_password, mysql_native_password or ed25519";
        }
        else if (Plugin is not null && Password is null && StoredPassword.CanCheck(Plugin))
        {
            yield return $"plugin {Plugin} needs a password: give Password";
        }

        foreach (var mistake in (_grants ?? []).SelectMany(g => g.Mistakes()).Distinct())
        {
            yield return mistake;
        }
    }

    /// <inheritdoc/>
    public override Query<MySqlUserState> Query => MySqlQuestion.User(UserName, Source);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(MySqlUserState state, DiffContext context)
    {
        if (Absent && state.Server.Reach == MySqlReach.Absent)
        {
            return [];
        }

        if (state.Server.Undecided("account", Absent ? null : Name, context) is { } undecided)
        {
            return [undecided];
        }

        var server = state.Server.Expected(context);
        return Absent ? Drop(state.Account, server) : Reach(state.Account, server);
    }

    private IEnumerable<Change> Drop(MySqlAccount? account, MySqlServerState server) => account is null
        ? []
        : [new Change("account", Name, null, Impact.Runtime) { Steps = [Send(server, [$"DROP USER {SqlAccount};\n"])] }];

    private List<Change> Reach(MySqlAccount? account, MySqlServerState server)
    {
        var login = LoginDiff.Of(this, account?.Password, server);
        var grants = _grants is null ? null : GrantDiff.Of(_grants, account?.Rights ?? [], server, SqlAccount);
        List<Change> changes = [.. login.Changes, .. grants?.Changes ?? []];
        if (changes.Count > 0)
        {
            changes[0] = changes[0] with { Steps = [Send(server, [.. login.Statements, .. (grants?.Statements ?? []).Select(Content.Text)])] };
        }

        return changes;
    }

    internal string SqlAccount => SqlText.Account(UserName, Source);

    // One client start, and one order: the account, then what it is given, then what it loses.
    private static RunProgram Send(MySqlServerState server, IEnumerable<Content> statements) =>
        MySqlClient.Send(server.Client, Content.Concat(statements.Prepend(MySqlClient.PlainQuotes)));
}

/// <summary>An account as found.</summary>
public sealed record MySqlUserState
{
    internal MySqlUserState(MySqlServerState server, MySqlAccount? account) => (Server, Account) = (server, account);

    internal MySqlServerState Server { get; }

    internal MySqlAccount? Account { get; }
}

/// <summary>How an account logs in and what it is allowed.</summary>
internal sealed record MySqlAccount(StoredPassword Password, IReadOnlyList<HeldRight> Rights);
