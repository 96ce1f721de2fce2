using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Converge;

/// <summary>Hosts and what they shall have: what a script describes. Describing touches no host.</summary>
public sealed class Fleet
{
    private readonly List<Host> _hosts = [];
    private readonly Dictionary<string, Host> _byName = new(StringComparer.Ordinal);
    private readonly List<Declaration> _declarations = [];
    private readonly List<Mistake> _mistakes = [];
    private readonly List<Rolling> _rolling = [];
    private readonly Func<SourceLocation, SourceLocation> _locate;

    /// <summary>Without hosts.</summary>
    public Fleet()
        : this(place => place)
    {
    }

    /// <summary>A script's: <paramref name="locate"/> adds the column, which the compiler's caller information lacks.</summary>
    internal Fleet(Func<SourceLocation, SourceLocation> locate) => _locate = locate;

    /// <summary>In the order of the script.</summary>
    public IReadOnlyList<Host> Hosts => _hosts;

    /// <summary>What was declared, in the order of the script, before composites expand.</summary>
    public IReadOnlyList<Declaration> Declarations => _declarations;

    /// <summary>Which hosts are changed a few at a time.</summary>
    public IReadOnlyList<Rolling> Rolling => _rolling;

    /// <summary>Mistakes that were found while the fleet was described.</summary>
    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>Adds a host.</summary>
    /// <param name="name">Unique in the fleet; looked up in ssh_config.</param>
    /// <param name="address">IP address or DNS name. Null: the name.</param>
    /// <param name="roles">For selectors; none by default.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Host Host(string name, string? address = null, IReadOnlyList<string>? roles = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Register(new Host(this, name, address ?? name, roles ?? [], _locate(new SourceLocation(file, line))));

    /// <summary>This machine itself, reached without SSH.</summary>
    public Host LocalHost(string name = "localhost", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Register(new Host(this, name, "127.0.0.1", [], _locate(new SourceLocation(file, line))) { IsLocal = true });

    /// <summary>Hosts that get the same resources; the same as adding to each of them.</summary>
    public static HostGroup Group(params IEnumerable<Host> hosts) => new(hosts);

    /// <summary>These hosts are changed a few at a time; the gates must hold after each batch.</summary>
    public void Roll(IEnumerable<Host> hosts, int atOnce = 1, IReadOnlyList<Gate>? gates = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (atOnce < 1 || (gates ?? []).Any(g => g.Attempts < 1))
        {
            Report(new Mistake("rolling: hosts at once and the attempts of a gate are counted from 1", new SourceLocation(file, line)));
        }

        _rolling.Add(new Rolling([.. hosts], atOnce, gates ?? []));
    }

    /// <summary>Records a mistake that validation shall show together with all others.</summary>
    public void Report(Mistake mistake) => _mistakes.Add(mistake with { At = [.. mistake.At.Select(_locate)] });

    /// <summary>A place with its column, where the script's text is known.</summary>
    internal SourceLocation Locate(SourceLocation at) => _locate(at);

    internal void Add(IReadOnlyList<Host> hosts, Resource resource, SourceLocation at) => _declarations.Add(new Declaration(hosts, resource, _locate(at)));

    private Host Register(Host host)
    {
        if (!_byName.TryAdd(host.Name, host))
        {
            Report(new Mistake($"host {host.Name} is declared twice", host.DeclaredAt, _byName[host.Name].DeclaredAt));
        }

        _hosts.Add(host);
        return host;
    }
}

/// <summary>One <c>Add</c> of a script.</summary>
/// <param name="Hosts">One, or the members of a group.</param>
/// <param name="Resource">What they shall have.</param>
/// <param name="At">Where.</param>
public sealed record Declaration(IReadOnlyList<Host> Hosts, Resource Resource, SourceLocation At);
