using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Converge.StartupProfile;

/// <summary>Finds the methods that lines of the JIT's log speak of. Only generic ones: all others are compiled beforehand anyway.</summary>
internal sealed partial class MethodNames
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // What the log calls them. Canon stands for every reference type, for all of which there is one code.
    private static readonly Dictionary<string, Type> _plain = new(StringComparer.Ordinal)
    {
        ["System.__Canon"] = typeof(object), ["bool"] = typeof(bool), ["char"] = typeof(char), ["byte"] = typeof(byte), ["sbyte"] = typeof(sbyte),
        ["short"] = typeof(short), ["ushort"] = typeof(ushort), ["int"] = typeof(int), ["uint"] = typeof(uint), ["long"] = typeof(long),
        ["ulong"] = typeof(ulong), ["float"] = typeof(float), ["double"] = typeof(double), ["nint"] = typeof(nint), ["nuint"] = typeof(nuint),
    };

    // Several assemblies have types of one name: those that the compiler makes.
    private readonly ILookup<string, Type> _types = Assemblies().SelectMany(TypesOf).ToLookup(t => t.FullName!, StringComparer.Ordinal);

    /// <summary>How many lines named something generic that was not found. The log has no names for enumerations, and leaves overloads open.</summary>
    public int Unknown { get; private set; }

    /// <summary>The methods that a line may mean; none when it means nothing generic.</summary>
    public IReadOnlyList<MethodBase> Find(string line)
    {
        // "  33: JIT compiled System.Linq.Enumerable+Iterator`1[int]:Select[System.__Canon](System.Func`2[int,System.__Canon]) [Tier0, IL size=19, code size=142]"
        var match = Line().Match(line);
        if (!match.Success || !match.Groups["type"].Value.Contains('`', StringComparison.Ordinal) && !match.Groups["arguments"].Success)
        {
            return [];
        }

        try
        {
            var arguments = match.Groups["arguments"].Success ? List(match.Groups["arguments"].Value).Select(a => TypesNamed(a)[0]).ToArray() : [];
            var parameters = List(match.Groups["parameters"].Value).Count;
            var size = int.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture);
            var found = TypesNamed(match.Groups["type"].Value)
                .SelectMany(type => Methods(type, match.Groups["method"].Value, arguments.Length, parameters, size))
                .Select(method => arguments.Length > 0 ? ((MethodInfo)method).MakeGenericMethod(arguments) : method).ToList();
            Unknown += found.Count == 0 ? 1 : 0;
            return found;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            Unknown++;
            return [];
        }
    }

    private static IEnumerable<MethodBase> Methods(Type type, string name, int arguments, int parameters, int size) => type.GetMembers(All).OfType<MethodBase>().Where(m =>
        m.Name == name && m.GetParameters().Length == parameters && (m.IsGenericMethodDefinition ? m.GetGenericArguments().Length : 0) == arguments
        && m.GetMethodBody()?.GetILAsByteArray()?.Length == size);

    // "System.ValueTuple`2[System.__Canon,int]", "byte[]"
    private IReadOnlyList<Type> TypesNamed(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return [TypesNamed(name[..^2])[0].MakeArrayType()];
        }

        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var plain = bracket < 0 ? name : name[..bracket];
        IReadOnlyList<Type> types = _plain.TryGetValue(plain, out var known) ? [known] : [.. _types[plain]];
        if (types.Count == 0)
        {
            throw new KeyNotFoundException(plain);
        }

        return bracket < 0 ? types : [.. types.Select(t => t.MakeGenericType([.. List(name[(bracket + 1)..^1]).Select(a => TypesNamed(a)[0])]))];
    }

    private static List<string> List(string text)
    {
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        return text.Length == 0 ? parts : [.. parts, text[start..]];
    }

    private static IEnumerable<Assembly> Assemblies()
    {
        var platform = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return platform.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Select(path => Assembly.Load(AssemblyName.GetAssemblyName(path)));
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    [GeneratedRegex(@"JIT compiled (?<type>[^(:]+):(?<method>[^(:\[]+)(?:\[(?<arguments>.+?)\])?\((?<parameters>.*)\) \[.*IL size=(?<size>\d+)")]
    private static partial Regex Line();
}
