using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Converge.Scripts;

namespace Converge;

/// <summary>
/// What a script says without a prefix. A <c>.csx</c> file has it in scope; a program writes <c>using static Converge.Script;</c> and calls
/// the rest inside <see cref="Describe"/>.
/// </summary>
public static class Script
{
    /// <summary>Every host declared so far, as a group.</summary>
    public static HostGroup AllHosts => Fleet.Group(ScriptContext.Current.Fleet.Hosts);

    /// <summary>The folder of the script that was started.</summary>
    public static string ScriptFolder => ScriptContext.Current.Folder;

    /// <summary>Adds a host to the fleet.</summary>
    /// <param name="name">Unique in the fleet; looked up in ssh_config.</param>
    /// <param name="address">IP address or DNS name. Null: the name.</param>
    /// <param name="role">What selectors call it together with others: <c>role:lb</c>.</param>
    /// <param name="roles">When one role is not enough; joined with <paramref name="role"/>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Host Host(
        string name, string? address = null, string? role = null, IReadOnlyList<string>? roles = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptContext.Current.Fleet.Host(name, address, Roles(role, roles), file, line);

    /// <summary>This machine itself, reached without SSH.</summary>
    public static Host LocalHost(string name = "localhost", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptContext.Current.Fleet.LocalHost(name, file, line);

    /// <summary>Adds hosts that get the same resources: <c>Hosts(("lb1", "10.77.0.11"), ("lb2", "10.77.0.12"), role: "lb")</c>.</summary>
    /// <remarks>More than six: <c>Hosts([("web1", "10.77.0.21"), …])</c>, or a LINQ expression.</remarks>
    public static HostGroup Hosts(
        (string Name, string Address) first,
        (string Name, string Address) second,
        (string Name, string Address)? third = null,
        (string Name, string Address)? fourth = null,
        (string Name, string Address)? fifth = null,
        (string Name, string Address)? sixth = null,
        string? role = null,
        IReadOnlyList<string>? roles = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Hosts(new[] { first, second, third, fourth, fifth, sixth }.OfType<(string, string)>(), role, roles, file, line);

    /// <summary>Adds hosts that get the same resources.</summary>
    public static HostGroup Hosts(
        IEnumerable<(string Name, string Address)> hosts, string? role = null, IReadOnlyList<string>? roles = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Fleet.Group([.. hosts.Select(host => Host(host.Name, host.Address, role, roles, file, line))]);

    /// <summary>Hosts that are declared already, as one group.</summary>
    public static HostGroup Hosts(params IEnumerable<Host> hosts) => Fleet.Group(hosts);

    /// <summary>
    /// These hosts are changed <paramref name="atOnce"/> at a time; after each batch that was changed all gates must hold, or it is undone and the rest left alone.
    /// </summary>
    public static void Rolling(
        IEnumerable<Host> hosts, int atOnce = 1, IReadOnlyList<Gate>? gates = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptContext.Current.Fleet.Roll(hosts, atOnce, gates, file, line);

    /// <summary>A value that <c>--var name=value</c> replaces.</summary>
    /// <typeparam name="T">string, bool, a number, an enum, or TimeSpan (<c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>00:05:00</c>).</typeparam>
    /// <param name="name">As on the command line.</param>
    /// <param name="fallback">The value without <c>--var</c>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    // Var<string>("db", "mysql") fits the other overload too, as its caller file: this one must win.
    [OverloadResolutionPriority(1)]
    public static T Var<T>(string name, T fallback, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptContext.Current.Variables.Optional(name, fallback, new SourceLocation(file, line));

    /// <summary>A value that <c>--var name=value</c> must give.</summary>
    /// <typeparam name="T">string, bool, a number, an enum, or TimeSpan (<c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>00:05:00</c>).</typeparam>
    public static T Var<T>(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptContext.Current.Variables.Require<T>(name, new SourceLocation(file, line));

    /// <summary>The bytes of a file beside the script that says this, whatever the current directory is.</summary>
    public static Content FileBeside(string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Content.FromFile(PathBeside(path, file), file, line);

    /// <summary>The absolute path of a file beside the script that says this, whatever the current directory is.</summary>
    public static string PathBeside(string path, [CallerFilePath] string file = "") => new SourceLocation(file, 0).PathBeside(path);

    /// <summary>A fleet that a program describes: inside <paramref name="script"/> all of <see cref="Script"/> works as in a <c>.csx</c> file.</summary>
    /// <param name="script">Calls <c>Host</c>, <c>Var</c> and the others.</param>
    /// <param name="variables">What <c>--var</c> gives to a script; none by default.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="ConvergeException">Thrown by <paramref name="script"/>. Its exceptions come through as they are; mistakes that need not stop it are in <see cref="Fleet.Mistakes"/>.</exception>
    public static Fleet Describe(Action script, IReadOnlyDictionary<string, string>? variables = null, [CallerFilePath] string file = "")
    {
        var context = ScriptContext.For(file, variables);
        using (context.Enter())
        {
            script();
        }

        return context.Finish();
    }

    /// <summary><see cref="Describe"/> for a description that awaits.</summary>
    public static async Task<Fleet> DescribeAsync(Func<Task> script, IReadOnlyDictionary<string, string>? variables = null, [CallerFilePath] string file = "")
    {
        var context = ScriptContext.For(file, variables);
        using (context.Enter())
        {
            await script().ConfigureAwait(false);
        }

        return context.Finish();
    }

    private static string[] Roles(string? role, IReadOnlyList<string>? roles) => [.. role is null ? [] : new[] { role }, .. roles ?? []];
}
