using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

namespace Converge.Modules.Tests;

/// <summary>What real servers of Debian answered, each with the same databases, schemas and accounts.</summary>
internal static class RecordedServer
{
    public const string MySql = "mysql-9.7.txt";
    public const string OldMariaDb = "mariadb-10.11.txt";
    public const string MariaDb = "mariadb-11.8.txt";

    public static TheoryData<string> All => [MySql, OldMariaDb, MariaDb];

    public static MySqlAnswer Read(string fixture) => MySqlAnswer.Read(Answer.FromText(System.IO.File.ReadAllText(Path.Combine(Folder(), fixture))));

    /// <summary>The SQL that the steps of changes send, secrets masked.</summary>
    public static string Sql(System.Collections.Generic.IEnumerable<Change> changes) => string.Concat(Inputs(changes).Select(c => c.ToString()));

    /// <summary>The SQL as it goes to the server.</summary>
    public static string ResolvedSql(System.Collections.Generic.IEnumerable<Change> changes) =>
        string.Concat(Inputs(changes).Select(c => Encoding.UTF8.GetString(c.Resolve(null).Span)));

    private static System.Collections.Generic.IEnumerable<Content> Inputs(System.Collections.Generic.IEnumerable<Change> changes) =>
        changes.SelectMany(c => c.Steps).Cast<RunProgram>().Select(s => s.Input!);

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Fixtures");
}
