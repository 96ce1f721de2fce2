using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Converge.Scripts;

/// <summary>The assemblies of the running program that scripts are compiled against and run with.</summary>
internal static class ScriptReferences
{
    // What a script of hosts and resources is made of. Compiling against these alone takes 170 ms less than against all of .NET; a script
    // that needs more is compiled again with everything.
    private static readonly HashSet<string> Few = new(StringComparer.Ordinal)
    {
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Console", "System.Text.RegularExpressions", "System.Threading",
    };

    /// <summary>Converge's own assemblies and those that the program adds, by name.</summary>
    public static IReadOnlyDictionary<string, Assembly> Own(ScriptOptions options) =>
        new[] { typeof(Fleet).Assembly, typeof(Script).Assembly, typeof(Modules.File).Assembly }
            .Concat(options.References)
            .DistinctBy(a => a.GetName().Name)
            .ToDictionary(a => a.GetName().Name!);

    /// <summary>Paths of .NET's own assemblies.</summary>
    public static IEnumerable<string> Framework(bool all)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) == folder && (all || Few.Contains(Path.GetFileNameWithoutExtension(path))));
    }
}
