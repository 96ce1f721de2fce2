using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Names of systemd units.</summary>
internal static class SystemdName
{
    private static readonly string[] _suffixes =
        [".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope"];

    /// <summary><c>nginx</c> is <c>nginx.service</c>; a name with a unit suffix stays.</summary>
    public static string WithSuffix(string name) => HasSuffix(name) ? name : name + ".service";

    public static bool HasSuffix(string name) => Array.Exists(_suffixes, s => name.EndsWith(s, StringComparison.Ordinal));

    /// <summary><c>getty@.service</c>, of which <c>getty@tty1.service</c> is an instance.</summary>
    public static bool IsTemplate(string name) => name.Contains("@.", StringComparison.Ordinal);

    /// <summary>Names of the unit files that can define a unit: its own, and its template's.</summary>
    public static IEnumerable<string> Definitions(string name)
    {
        yield return name;
        var at = name.IndexOf('@');
        if (at > 0 && !IsTemplate(name))
        {
            yield return name[..(at + 1)] + name[name.LastIndexOf('.')..];
        }
    }

    public static bool Defines(string file, string name) => Definitions(name).Contains(file);

    /// <summary>What is wrong with a name that has its suffix; null when nothing is. Source: systemd.unit(5).</summary>
    public static string? Mistake(string name)
    {
        var plain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_' or '.' or '\\' or '@');
        return plain && name.Length is > 0 and <= 255 && name[0] is not ('.' or '-' or '@') && HasSuffix(name)
            ? null
            : $"\"{name}\" is no unit name: letters, digits and : - _ . @ \\ with a suffix such as .service";
    }
}
