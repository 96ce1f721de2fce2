using System.Collections.Generic;
using System.Linq;
using Converge.Selectors;

namespace Converge;

/// <summary>Says which hosts of a fleet are meant: <c>role:lb and not lb2</c>, <c>web*, db1</c>, <c>web[01:12]</c>.</summary>
/// <remarks>
/// A term is a host's name, <c>role:NAME</c> or <c>all</c>; names may hold <c>*</c> (any text), <c>?</c> (one character), <c>[ab]</c>,
/// <c>[a-c]</c>, <c>[!ab]</c> (one of these, or none of these) and <c>[1:3]</c> (a number from 1 to 3; <c>[01:12]</c> with leading zeros).
/// <c>not</c> binds stronger than <c>and</c>, which binds stronger than <c>or</c>; a comma is an <c>or</c>.
/// </remarks>
public sealed class HostSelector
{
    private readonly string _text;
    private readonly Clause _clause;

    private HostSelector(string text, Clause clause) => (_text, _clause) = (text, clause);

    /// <summary>Reads a selector. At most 1,000 characters and 32 parentheses inside one another.</summary>
    /// <exception cref="ConvergeException">It cannot be read; the message shows where, and what was expected there.</exception>
    public static HostSelector Parse(string text) => new(text, SelectorText.Read(text));

    /// <summary>The host is meant.</summary>
    public bool Matches(Host host) => _clause.Matches(host);

    /// <summary>The hosts that are meant, in the order of the fleet; at least one.</summary>
    /// <exception cref="ConvergeException">A term fits no host of the fleet, or all terms together leave none.</exception>
    public IReadOnlyList<Host> Select(Fleet fleet)
    {
        var unmatched = _clause.Terms.Where(term => !fleet.Hosts.Any(term.Matches)).DistinctBy(term => term.Text).ToList();
        if (unmatched.Count > 0)
            throw new ConvergeException($"host selector \"{_text}\": {string.Join("; ", unmatched.Select(term => term.Missing(fleet)))}", Choices(fleet));

        IReadOnlyList<Host> hosts = [.. fleet.Hosts.Where(Matches)];
        return hosts.Count > 0 ? hosts : throw new ConvergeException($"host selector \"{_text}\" leaves no host", Choices(fleet));
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => _text;

    private static string Choices(Fleet fleet)
    {
        var roles = fleet.Hosts.SelectMany(h => h.Roles).Distinct().Order().ToList();
        return $"Hosts: {Listing(fleet.Hosts.Select(h => h.Name))}" + (roles.Count == 0 ? "" : $"\nRoles: {Listing(roles)}");
    }

    private static string Listing(IEnumerable<string> names)
    {
        const int Most = 20;
        var all = names.ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(Most)) + (all.Count > Most ? $" and {all.Count - Most} more" : "");
    }
}
