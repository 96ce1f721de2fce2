using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Converge.Docs.Tests.Modules;

/// <summary>A folder of Converge.Modules, and the types in it that a script writes.</summary>
internal sealed partial record Subject(string Name)
{
    private static readonly Assembly _modules = typeof(Converge.Modules.File).Assembly;

    public static IEnumerable<Subject> All => Directory.GetDirectories(Repository.PathOf("src/Converge.Modules"))
        .Select(f => new Subject(Path.GetFileName(f)))
        .Where(s => s.Sources.Any())
        .OrderBy(s => s.Name, StringComparer.Ordinal);

    /// <summary>Of the page, relative to the repository.</summary>
    public string Page => $"docs/modules/{Name.ToLowerInvariant()}.md";

    public IEnumerable<Type> Resources => Types.Where(t => t.IsAssignableTo(typeof(Resource)));

    /// <summary>What resources are given: sections, rules, addresses. Not what is only ever observed of a host.</summary>
    public IEnumerable<Type> Parts => Types.Where(t => !t.IsAssignableTo(typeof(Resource)) && !_observed.Contains(t));

    private static readonly HashSet<Type> _observed = Observed();

    private IEnumerable<string> Sources => Directory.GetFiles(Repository.PathOf($"src/Converge.Modules/{Name}"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private IEnumerable<Type> Types => Sources.SelectMany(f => PublicType().Matches(File.ReadAllText(f)))
        .Select(m => _modules.GetExportedTypes().Single(t => t.Name.Split('`')[0] == m.Groups[1].Value))
        .Distinct();

    private static HashSet<Type> Observed()
    {
        var states = Closure(_modules.GetExportedTypes().Select(StateOf).OfType<Type>());
        states.ExceptWith(Closure(_modules.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Resource)))));
        return states;
    }

    private static Type? StateOf(Type type) =>
        type.BaseType is not { } parent ? null : parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(Resource<>) ? parent.GetGenericArguments()[0] : null;

    private static HashSet<Type> Closure(IEnumerable<Type> start)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(start);
        while (open.TryPop(out var type))
        {
            if (found.Add(type))
            {
                Type[] near = [.. type.GetProperties().Where(IsSet).Select(p => p.PropertyType), .. type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType)];
                foreach (var next in near.SelectMany(Named).Where(t => t.Assembly == _modules))
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }

    // A resource's state is reached through its query, which no script sets.
    private static bool IsSet(PropertyInfo property) => property.CanWrite || property.PropertyType.IsGenericType;

    private static IEnumerable<Type> Named(Type type) => type.IsGenericType ? type.Name.StartsWith("Query", StringComparison.Ordinal) ? [] : type.GetGenericArguments().SelectMany(Named) : [type];

    [GeneratedRegex(@"^public (?:(?:sealed|abstract|static|partial|readonly) )*(?:record struct|record|class|enum|interface|struct) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
