using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Converge;

/// <summary>A machine of the fleet.</summary>
public sealed class Host
{
    internal Host(Fleet fleet, string name, string address, IReadOnlyList<string> roles, SourceLocation declaredAt) =>
        (Fleet, Name, Address, Roles, DeclaredAt) = (fleet, name, address, roles, declaredAt);

    /// <summary>The name: in plans, in selectors, and looked up in ssh_config.</summary>
    public string Name { get; }

    /// <summary>The address under which other hosts reach it; also where SSH connects when ssh_config has no HostName for it.</summary>
    public string Address { get; }

    /// <summary>What selectors call it together with others: <c>role:lb</c>.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>This machine itself, reached without SSH.</summary>
    public bool IsLocal { get; internal init; }

    /// <summary>Where it was declared.</summary>
    public SourceLocation DeclaredAt { get; }

    internal Fleet Fleet { get; }

    /// <summary>The host shall have this. Returns the resource, to refer to it.</summary>
    public T Add<T>(T resource, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Resource
    {
        Fleet.Add([this], resource, new SourceLocation(file, line));
        return resource;
    }

    /// <summary>A port of this host, to listen on or to connect to.</summary>
    public Endpoint Port(int number, Protocol protocol = Protocol.Tcp) => new(this, number, protocol);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Several hosts that get the same resources.</summary>
public sealed class HostGroup : IReadOnlyList<Host>
{
    private readonly IReadOnlyList<Host> _hosts;

    internal HostGroup(IEnumerable<Host> hosts) => _hosts = [.. hosts];

    /// <inheritdoc/>
    public int Count => _hosts.Count;

    /// <inheritdoc/>
    public Host this[int index] => _hosts[index];

    /// <summary>Each of the hosts shall have this. A composite expands once and sees all of them as its members.</summary>
    public T Add<T>(T resource, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Resource
    {
        if (_hosts.Count > 0)
        {
            _hosts[0].Fleet.Add(_hosts, resource, new SourceLocation(file, line));
        }

        return resource;
    }

    /// <summary>The same port of each host.</summary>
    public IReadOnlyList<Endpoint> Port(int number, Protocol protocol = Protocol.Tcp) => [.. _hosts.Select(h => h.Port(number, protocol))];

    /// <inheritdoc/>
    public IEnumerator<Host> GetEnumerator() => _hosts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
