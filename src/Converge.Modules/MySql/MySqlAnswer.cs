using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>What a host answered about its MySQL or MariaDB server: an entry for each database, schema and account that was asked for.</summary>
internal sealed class MySqlAnswer
{
    private readonly Dictionary<string, MySqlCharset> _databases = [];
    private readonly Dictionary<(string Database, string Name), List<string>> _schemas = [];
    private readonly Dictionary<(string User, string Host), StoredPassword> _accounts = [];
    private readonly Dictionary<(string User, string Host), List<HeldRight>> _rights = [];
    private readonly HashSet<string> _privileges = new(StringComparer.Ordinal);

    private MySqlAnswer() => Server = new MySqlServerState(MySqlReach.Absent);

    public MySqlServerState Server { get; private set; }

    public MySqlDatabaseState Database(string name) => new(Server, _databases.GetValueOrDefault(SqlText.Hex(name)));

    public MySqlSchemaState Schema(string database, string name) =>
        new(Server, _schemas.GetValueOrDefault((SqlText.Hex(database), SqlText.Hex(name)), []));

    public MySqlUserState User(string user, string host)
    {
        var key = (SqlText.Hex(user), SqlText.Hex(host));
        return new(Server, _accounts.TryGetValue(key, out var password) ? new MySqlAccount(password, _rights.GetValueOrDefault(key, [])) : null);
    }

    /// <summary>Reads the output of <see cref="MySqlQuestion"/>.</summary>
    public static MySqlAnswer Read(Answer answer)
    {
        var read = new MySqlAnswer();
        var inPrivileges = false;
        foreach (var line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split('\t');
            if (fields[0] is "privileges" or "end")
            {
                inPrivileges = fields[0] == "privileges";
            }
            else if (inPrivileges)
            {
                read._privileges.Add(fields[0].ToUpperInvariant());
            }
            else
            {
                read.Take(fields);
            }
        }

        return read.Finished(answer);
    }

    private void Take(string[] fields)
    {
        switch (fields[0])
        {
            case "client":
                Server = Server with { Client = fields[1] };
                break;
            case "server":
                Server = Server with { Reach = fields[1] == "found" ? MySqlReach.Down : MySqlReach.Absent };
                break;
            case "version":
                Server = Server with { Reach = MySqlReach.Up, Version = fields[1] };
                break;
            case "partial_revokes":
                Server = Server with { PartialRevokes = fields[1] == "ON" };
                break;
            case "database privileges":
                Server = Server with { DatabasePrivileges = int.Parse(fields[1], null) };
                break;
            case "table privileges":
                // set('Select','Insert',…,'Grant',…): the grant option is not one that ALL means.
                Server = Server with { TablePrivileges = fields[1].Split(',').Count(p => !p.Contains("'Grant'", StringComparison.Ordinal)) };
                break;
            default:
                TakeEntry(fields);
                break;
        }
    }

    private void TakeEntry(string[] fields)
    {
        switch (fields[0])
        {
            case "database":
                _databases[fields[1]] = new MySqlCharset(fields[2], fields[3]);
                break;
            case "schema":
                Of(_schemas, (fields[1], fields[2])).Add(fields[3]);
                break;
            case "account":
                _accounts[(fields[1], fields[2])] = new StoredPassword(fields[3], Convert.FromHexString(fields[4]));
                break;
            case "right":
                Of(_rights, (fields[1], fields[2])).Add(Right(fields));
                break;
            default:
                throw new FormatException("a line begins with an unknown word");
        }
    }

    private static HeldRight Right(string[] fields)
    {
        var level = new GrantLevel(NullOrText(fields[3]), NullOrText(fields[4]));
        return new HeldRight(level, new GrantRight(fields[6].ToUpperInvariant(), NullOrText(fields[5])), fields[7] == "YES");
    }

    private MySqlAnswer Finished(Answer answer)
    {
        if (Server.Reach == MySqlReach.Up)
        {
            _ = answer.RequireSuccess("asking the MySQL server");
        }

        _privileges.ExceptWith(["USAGE", "PROXY", "GRANT OPTION"]);
        Server = Server with { Privileges = _privileges, Problem = Server.Reach == MySqlReach.Up ? "" : answer.Error.Trim() };
        return this;
    }

    private static string? NullOrText(string hex) => hex.Length == 0 ? null : SqlText.FromHex(hex);

    private static List<TValue> Of<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull => lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
