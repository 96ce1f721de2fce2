using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>Accounts and groups as the host's name service knows them.</summary>
internal static class AccountQuestion
{
    // Each tuple is a user and whether its password hash is wanted. Names have been checked to be plain words. Lines of the one database are told
    // from those of the other by the number of their fields: passwd(5), group(5).
    private const string Script = """
        set -f
        names= hashes=
        while [ $# -gt 0 ]; do
          names="$names $1"
          if [ -n "$2" ]; then hashes="$hashes $1"; fi
          shift 2
        done
        getent passwd $names
        getent group
        if [ -n "$hashes" ]; then getent shadow $hashes | while IFS=: read -r name hash rest; do printf 'shadow:%s:%s\n' "$name" "$hash"; done; fi
        :
        """;

    private const string GroupScript = """
        set -f
        getent group $*
        :
        """;

    private static readonly Question<IReadOnlyDictionary<string, UserState>> _users = new("user", Script, Read);
    private static readonly Question<IReadOnlyDictionary<string, int>> _groups = new("group", GroupScript, ReadGroups);

    public static Query<UserState> AskUser(string name, bool withHash) => _users.Ask(name, withHash ? "hash" : "")
        .Select(users => users.TryGetValue(name, out var user) ? user : new UserState(false) { HasGroupOfItsName = users.ContainsKey("group " + name) });

    public static Query<GroupState> AskGroup(string name) => _groups.Ask(name).Select(groups => new GroupState(groups.TryGetValue(name, out var gid) ? gid : null));

    public static IReadOnlyDictionary<string, UserState> Read(Answer answer)
    {
        var lines = answer.RequireSuccess("getent").Text.Split('\n').Select(line => line.Split(':')).ToList();
        var groups = lines.Where(line => line.Length == 4).ToList();
        var nameOf = groups.GroupBy(g => g[2]).ToDictionary(g => g.Key, g => g.First()[0], StringComparer.Ordinal);
        var hashes = lines.Where(line => line[0] == "shadow" && line.Length == 3).ToDictionary(line => line[1], line => line[2], StringComparer.Ordinal);
        var users = groups.Select(g => "group " + g[0]).Distinct().ToDictionary(name => name, _ => new UserState(false), StringComparer.Ordinal);

        // app:x:999:999:The application:/srv/app:/usr/sbin/nologin
        foreach (var line in lines.Where(line => line.Length == 7))
        {
            users[line[0]] = new UserState(true)
            {
                Uid = int.Parse(line[2], CultureInfo.InvariantCulture),
                Group = nameOf.GetValueOrDefault(line[3], line[3]),
                Comment = line[4],
                Home = line[5],
                Shell = line[6],
                Groups = [.. groups.Where(g => g[3].Split(',').Contains(line[0])).Select(g => g[0]).Order(StringComparer.Ordinal)],
                PasswordHash = hashes.GetValueOrDefault(line[0]) is { Length: > 0 } hash ? Secret.FromValue($"password hash of {line[0]}", hash) : null,
            };
        }

        return users;
    }

    public static IReadOnlyDictionary<string, int> ReadGroups(Answer answer) =>
        answer.RequireSuccess("getent").Text.Split('\n').Select(line => line.Split(':')).Where(line => line.Length == 4)
            .DistinctBy(line => line[0]).ToDictionary(line => line[0], line => int.Parse(line[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
