using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>How an account logs in, against how it shall: changes, and the SQL that makes them.</summary>
internal sealed record LoginDiff(IReadOnlyList<Change> Changes, IReadOnlyList<Content> Statements)
{
    private static readonly LoginDiff _nothing = new([], []);

    /// <exception cref="ConvergeException">A new account would have no password, or what is stored cannot be compared.</exception>
    public static LoginDiff Of(MySqlUser user, StoredPassword? stored, MySqlServerState server)
    {
        if (stored is null)
        {
            return Create(user, server);
        }

        List<Change> changes = [];
        var plugin = Plugin(user, stored, server);
        if (plugin != stored.Plugin)
        {
            changes.Add(new Change("plugin", stored.Plugin, plugin, Impact.Runtime));
        }

        if (user.Password is { } password && (plugin != stored.Plugin || !stored.Fits(password)))
        {
            changes.Add(new Change("password", stored.IsEmpty ? null : "another", password.Mask, Impact.Runtime));
        }

        return changes.Count == 0 ? _nothing : new LoginDiff(changes, [$"ALTER USER {user.SqlAccount} ", .. Identified(user, plugin, server), ";\n"]);
    }

    private static LoginDiff Create(MySqlUser user, MySqlServerState server)
    {
        if (user.Password is null && user.Plugin is null)
        {
            throw new ConvergeException(
                "the account does not exist, and a new one without a password would let anyone in",
                "Give it a Password, or a Plugin that needs none, such as auth_socket.");
        }

        List<Change> changes = [new("account", null, user.Name, Impact.Runtime)];
        if (user.Plugin is not null)
        {
            changes.Add(new Change("plugin", null, user.Plugin, Impact.Runtime));
        }

        if (user.Password is not null)
        {
            changes.Add(new Change("password", null, user.Password.Mask, Impact.Runtime));
        }

        return new LoginDiff(changes, [$"CREATE USER {user.SqlAccount} ", .. Identified(user, user.Plugin, server), ";\n"]);
    }

    // An account keeps a plugin that can be checked; one that takes no password cannot keep it when it shall have one.
    private static string Plugin(MySqlUser user, StoredPassword stored, MySqlServerState server)
    {
        if (user.Plugin is not null || user.Password is null || StoredPassword.CanCheck(stored.Plugin))
        {
            return user.Plugin ?? stored.Plugin;
        }

        return StoredPassword.GoesBySystemAccount(stored.Plugin)
            ? Default(server)
            : throw new ConvergeException(
                $"the account logs in by {stored.Plugin}, with which a password cannot be compared",
                $"Say what it shall become, such as Plugin = \"{Default(server)}\", or leave Password out to keep it.");
    }

    private static string Default(MySqlServerState server) => server.IsMariaDb ? "mysql_native_password" : "caching_sha2_password";

    private static IEnumerable<Content> Identified(MySqlUser user, string? plugin, MySqlServerState server) => (server.IsMariaDb, user.Password) switch
    {
        (false, null) => [$"IDENTIFIED WITH {plugin}"],
        (false, { } password) => [plugin is null ? "IDENTIFIED BY '" : $"IDENTIFIED WITH {plugin} BY '", Hidden(password, SqlText.Escape(password.Reveal())), "'"],
        (true, null) => [$"IDENTIFIED VIA {plugin}"],
        (true, { } password) => MariaDb(plugin ?? Default(server), password),
    };

    // MariaDB writes CREATE USER and ALTER USER to its binary and general logs as they come, and its client repeats a failed statement on
    // standard error (seen with 10.11 and 11.8): it never gets the password itself.
    private static IEnumerable<Content> MariaDb(string plugin, Secret password) => StoredPassword.Unsalted(plugin, password.Reveal()) is { } hash
        ? [$"IDENTIFIED VIA {plugin} USING '", Hidden(password, hash), "'"]
        : throw new ConvergeException($"MariaDB stores no password by {plugin} that could be compared", "Use mysql_native_password or ed25519.");

    // What is made of a secret is one too, so that it is masked wherever it might turn up.
    private static Content Hidden(Secret secret, string form) => Content.FromSecret(Secret.FromValue(secret.Name, form));
}
