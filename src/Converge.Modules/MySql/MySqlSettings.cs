using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Server settings by name. Names that the server takes for one, such as <c>max-connections</c> and <c>max_connections</c>, are one.</summary>
public sealed partial class MySqlSettings : IEnumerable<KeyValuePair<string, MySqlSetting>>
{
    private readonly SortedDictionary<string, MySqlSetting> _values = new(System.StringComparer.Ordinal);
    private readonly List<string> _twice = [];

    /// <summary>The value of a setting, under any spelling of its name.</summary>
    public MySqlSetting this[string name]
    {
        get => _values[Canonical(name)];
        set
        {
            if (!_values.TryAdd(Canonical(name), value))
            {
                _twice.Add(Canonical(name));
            }
        }
    }

    /// <summary>Lower case with underscores: the name that the server itself shows.</summary>
    public static string Canonical(string name) => name.Trim().ToLowerInvariant().Replace('-', '_');

    /// <summary>Whether a setting is given, under any spelling of its name.</summary>
    public bool Contains(string name) => _values.ContainsKey(Canonical(name));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, MySqlSetting>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IEnumerable<string> Mistakes() =>
        _twice.Distinct().Select(name => $"setting {name} is given twice")
            .Concat(_values.Keys.Where(name => !Name().IsMatch(name)).Select(name => $"\"{name}\" is no name of a setting"))
            .Concat(_values.Where(s => s.Value.ToString().AsEnumerable().Any(char.IsControl)).Select(s => $"the value of setting {s.Key} has a line break or another control character"));

    [GeneratedRegex(@"\A[a-z][a-z0-9_.]*\z")]
    private static partial Regex Name();
}
