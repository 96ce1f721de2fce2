using System.Collections.Generic;
using System.Linq;

namespace Converge.Selectors;

/// <summary>A selector or a part of one.</summary>
internal abstract record Clause
{
    public abstract bool Matches(Host host);

    /// <summary>What it names, left to right.</summary>
    public abstract IEnumerable<Term> Terms { get; }
}

internal sealed record AnyOf(IReadOnlyList<Clause> Clauses) : Clause
{
    public override bool Matches(Host host) => Clauses.Any(c => c.Matches(host));

    public override IEnumerable<Term> Terms => Clauses.SelectMany(c => c.Terms);
}

internal sealed record AllOf(IReadOnlyList<Clause> Clauses) : Clause
{
    public override bool Matches(Host host) => Clauses.All(c => c.Matches(host));

    public override IEnumerable<Term> Terms => Clauses.SelectMany(c => c.Terms);
}

internal sealed record NoneOf(Clause Clause) : Clause
{
    public override bool Matches(Host host) => !Clause.Matches(host);

    public override IEnumerable<Term> Terms => Clause.Terms;
}

/// <summary>All hosts.</summary>
internal sealed record Everything : Clause
{
    public override bool Matches(Host host) => true;

    public override IEnumerable<Term> Terms => [];
}

/// <summary>Hosts by name, or by role.</summary>
internal sealed record Term(NamePattern Pattern, bool ByRole) : Clause
{
    public string Text => (ByRole ? "role:" : "") + Pattern.Text;

    public override bool Matches(Host host) => ByRole ? host.Roles.Any(Pattern.Matches) : Pattern.Matches(host.Name);

    public override IEnumerable<Term> Terms => [this];

    /// <summary>That it fits no host of the fleet, and what was probably meant.</summary>
    public string Missing(Fleet fleet)
    {
        var known = ByRole ? fleet.Hosts.SelectMany(h => h.Roles) : fleet.Hosts.Select(h => h.Name);
        var suggestion = Pattern.IsPlain && Spelling.Suggest(Pattern.Text, known) is { } near ? $" ({near})" : "";
        return (ByRole, Pattern.IsPlain) switch
        {
            (true, true) => $"no host has the role {Pattern.Text}{suggestion}",
            (true, false) => $"no host has a role like {Pattern.Text}",
            (false, true) => $"no host is called {Pattern.Text}{suggestion}",
            (false, false) => $"no host is called like {Pattern.Text}",
        };
    }
}
