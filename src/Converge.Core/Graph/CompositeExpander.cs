using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Graph;

/// <summary>Turns declarations into primitive resources on hosts.</summary>
internal sealed class CompositeExpander(Fleet fleet, List<Mistake> mistakes)
{
    private readonly List<Placed> _placed = [];
    private readonly List<(Connection Connection, SourceLocation At)> _traffic = [];
    private readonly List<(Declaration Declaration, IReadOnlyList<Composite> Parents, int Order)> _late = [];

    /// <summary>One primitive resource on one host, before merging.</summary>
    internal sealed record Placed(Host Host, PrimitiveResource Resource, SourceLocation At, IReadOnlyList<Composite> Parents, int Order);

    /// <summary>All traffic that resources and composites need or permit.</summary>
    public IReadOnlyList<(Connection Connection, SourceLocation At)> Traffic => _traffic;

    /// <summary>Expands everything; composites that look at connections come last but keep their place in the order.</summary>
    public IReadOnlyList<Placed> Expand()
    {
        for (var i = 0; i < fleet.Declarations.Count; i++)
        {
            Place(fleet.Declarations[i], [], i);
        }

        // Only what the first round connected is visible here: two composites that both look at connections do not see each other's.
        var visible = _traffic.Select(t => t.Connection).Distinct().ToList();
        foreach (var (declaration, parents, order) in _late)
        {
            ExpandComposite((Composite)declaration.Resource, declaration, parents, order, visible);
        }

        return _late.Count == 0 ? _placed : [.. _placed.OrderBy(p => p.Order)];
    }

    private void Place(Declaration declaration, IReadOnlyList<Composite> parents, int order)
    {
        Guard(declaration, () => mistakes.AddRange(declaration.Resource.Mistakes().Select(m => new Mistake($"{declaration.Resource}: {m}", declaration.At))));
        Guard(declaration, () => _traffic.AddRange(declaration.Hosts.SelectMany(declaration.Resource.Connections).Select(c => (c, declaration.At))));
        switch (declaration.Resource)
        {
            case PrimitiveResource primitive:
                _placed.AddRange(declaration.Hosts.Select(host => new Placed(host, primitive, declaration.At, parents, order)));
                break;
            case Composite { SeesConnections: true }:
                _late.Add((declaration, parents, order));
                break;
            case Composite composite:
                ExpandComposite(composite, declaration, parents, order, []);
                break;
            default:
                throw new InvalidOperationException($"{declaration.Resource.GetType()} is neither a resource nor a composite");
        }
    }

    private void ExpandComposite(Composite composite, Declaration declaration, IReadOnlyList<Composite> parents, int order, IReadOnlyList<Connection> connections)
    {
        var expansion = new Expansion(fleet, declaration, connections);
        Guard(declaration, () => composite.Expand(expansion));
        mistakes.AddRange(expansion.Mistakes);
        IReadOnlyList<Composite> below = [.. parents, composite];

        // A child that was added to several hosts stays one declaration, so that a composite among the children sees all its members.
        foreach (var child in expansion.Children.GroupBy(c => c.Resource, c => c.Host, ReferenceEqualityComparer.Instance))
        {
            Place(new Declaration([.. child], (Resource)child.Key!, declaration.At), below, order);
        }
    }

    private void Guard(Declaration declaration, Action work)
    {
        try
        {
            work();
        }
        catch (ConvergeException e)
        {
            mistakes.Add(new Mistake($"{declaration.Resource}: {e.Message}", declaration.At) { Remedy = e.Remedy });
        }
    }
}
