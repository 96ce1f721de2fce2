using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// What an account is allowed, against what it shall be allowed, as sets. What ALL means is not known here: the server says which privileges it
/// has, and how many of them ALL on a database or a table means.
/// </summary>
internal sealed class GrantDiff
{
    private readonly MySqlServerState _server;
    private readonly string _account;
    private readonly List<Change> _changes = [];
    private readonly List<string> _grants = [];
    private readonly List<string> _revokes = [];
    private readonly List<string> _regrants = [];
    private readonly List<string> _lastRevokes = [];

    private GrantDiff(MySqlServerState server, string account) => (_server, _account) = (server, account);

    /// <summary>One change for each level that differs; their steps are <see cref="Statements"/>.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>SQL that removes the differences: gives before it takes, so that who is logged in never lacks what he may keep.</summary>
    public IEnumerable<string> Statements => _grants.Concat(_revokes).Concat(_regrants).Concat(_lastRevokes);

    /// <exception cref="ConvergeException">The server has no such privilege.</exception>
    public static GrantDiff Of(IEnumerable<MySqlGrant> grants, IReadOnlyList<HeldRight> held, MySqlServerState server, string account)
    {
        var diff = new GrantDiff(server, account);
        var wanted = WantedRights.ByLevel(grants, server);
        RefuseUnknown(wanted.Values.SelectMany(w => w.Rights), server);
        var heldByLevel = held.ToLookup(h => h.Level);
        foreach (var level in wanted.Keys.Union(heldByLevel.Select(g => g.Key)).OrderBy(l => l.ToString(), StringComparer.Ordinal))
        {
            diff.Add(level, wanted.GetValueOrDefault(level, WantedRights.Nothing), [.. heldByLevel[level]]);
        }

        return diff;
    }

    private static void RefuseUnknown(IEnumerable<GrantRight> rights, MySqlServerState server)
    {
        var unknown = rights.Select(r => r.Privilege).Where(p => server.Privileges.Count > 0 && !server.Privileges.Contains(p)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new ConvergeException(
                $"the server ({server.Version}) has no privilege {string.Join(", ", unknown)}",
                $"To see those that it has, run on the host:\n    {server.Client} -e 'SHOW PRIVILEGES'");
        }
    }

    private void Add(GrantLevel level, WantedRights wanted, IReadOnlyList<HeldRight> held)
    {
        var rights = held.Select(h => h.Right).Where(r => r.Privilege != GrantRight.None).ToHashSet();
        var hasAll = HasAll(level, rights);
        var missing = wanted.All && !hasAll ? [new GrantRight(GrantRight.All, null)] : wanted.Rights.Except(rights).ToList();
        var extra = rights.Except(wanted.Rights).Where(r => !wanted.All || r.Column is not null).ToList();

        // Dynamic privileges are passed on each for itself, all others of a level together.
        var option = held.Any(h => h.Grantable && !h.Right.IsDynamic);
        var dynamicOptions = held.Where(h => h.Grantable && h.Right.IsDynamic).Select(h => h.Right).ToHashSet();
        var kept = wanted.All ? rights : rights.Intersect(wanted.Rights).ToHashSet();
        var lacksOption = wanted.Option && ((!option && !(kept.Count > 0 && kept.All(r => r.IsDynamic))) || kept.Any(r => r.IsDynamic && !dynamicOptions.Contains(r)));

        if (missing.Count > 0 || lacksOption)
        {
            Grant(level, lacksOption ? AllOf(wanted) : missing, wanted.Option);
        }

        Revoke(level, extra);
        var regranted = (wanted.Option ? [] : kept.Intersect(dynamicOptions)).ToList();
        TakeOption(level, regranted, option && !wanted.Option);
        if (missing.Count + extra.Count + regranted.Count > 0 || lacksOption || (option && !wanted.Option))
        {
            var from = Words(rights, hasAll, option || dynamicOptions.Count > 0);
            _changes.Add(new Change($"grants on {level}", from, Words(wanted.Rights, wanted.All, wanted.Option), Impact.Runtime));
        }
    }

    // A dynamic privilege loses its option only with itself. REVOKE GRANT OPTION must come last: before, it leaves dynamic privileges in the grant
    // table twice, with the option and without (seen with MySQL 9.7).
    private void TakeOption(GrantLevel level, List<GrantRight> dynamic, bool others)
    {
        if (dynamic.Count > 0)
        {
            Revoke(level, dynamic);
            _regrants.Add($"GRANT {List(dynamic)} ON {level.ToSql()} TO {_account};\n");
        }

        if (others)
        {
            _lastRevokes.Add($"REVOKE GRANT OPTION ON {level.ToSql()} FROM {_account};\n");
        }
    }

    private bool HasAll(GrantLevel level, HashSet<GrantRight> rights)
    {
        var names = rights.Where(r => r.Column is null).Select(r => r.Privilege).ToHashSet();
        return level switch
        {
            { Database: null } => _server.Privileges.Count > 0 && _server.Privileges.IsSubsetOf(names),
            { Table: null } => _server.DatabasePrivileges > 0 && names.Count >= _server.DatabasePrivileges,
            _ => _server.TablePrivileges > 0 && names.Count >= _server.TablePrivileges,
        };
    }

    private static IReadOnlyList<GrantRight> AllOf(WantedRights wanted) =>
        wanted.All ? [new GrantRight(GrantRight.All, null)] : wanted.Rights.Count == 0 ? [new GrantRight(GrantRight.None, null)] : [.. wanted.Rights];

    private void Grant(GrantLevel level, IReadOnlyList<GrantRight> rights, bool option) =>
        _grants.Add($"GRANT {List(rights)} ON {level.ToSql()} TO {_account}{(option ? " WITH GRANT OPTION" : "")};\n");

    private void Revoke(GrantLevel level, List<GrantRight> rights)
    {
        if (rights.Count > 0)
        {
            _revokes.Add($"REVOKE {List(rights)} ON {level.ToSql()} FROM {_account};\n");
        }
    }

    private static string List(IEnumerable<GrantRight> rights) => string.Join(", ", rights.Select(r => r.ToSql()).Order(StringComparer.Ordinal));

    private static string? Words(IReadOnlySet<GrantRight> rights, bool all, bool option)
    {
        var shown = rights.Where(r => !all || r.Column is not null).Select(r => r.ToString()).Order(StringComparer.Ordinal).Prepend(all ? GrantRight.All : "").Where(w => w.Length > 0);
        var words = string.Join(", ", shown);
        return (words.Length, option) switch
        {
            (0, false) => null,
            (0, true) => "grant option",
            (_, true) => $"{words} with grant option",
            _ => words,
        };
    }
}
