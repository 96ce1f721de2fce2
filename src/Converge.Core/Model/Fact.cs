using System;

namespace Converge;

/// <summary>A value that only the host knows, to be used inside <see cref="Content"/>: the interface that holds an address, half of the memory.</summary>
/// <param name="Name">What a rendering without a host shows in its place.</param>
/// <param name="Read">Pure; null when the host has no such value, which fails the resource on that host with <paramref name="Name"/> in the message.</param>
public sealed record Fact(string Name, Func<HostFacts, string?> Read)
{
    /// <summary>The interface that carries <paramref name="address"/> (without prefix length), such as <c>eth0</c>.</summary>
    public static Fact InterfaceOf(string address) => new($"interface of {address}", facts => facts.InterfaceOf(address)?.Name);

    /// <summary>The hole as a rendering without a host shows it.</summary>
    public override string ToString() => $"‹{Name}›";
}
