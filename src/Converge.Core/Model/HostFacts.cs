using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>What a host is. Rides along in the first exchange of every run.</summary>
public sealed record HostFacts
{
    /// <summary><c>ID</c> of os-release, such as <c>debian</c>.</summary>
    public string Distribution { get; init; } = "";

    /// <summary><c>VERSION_ID</c> of os-release, such as <c>12</c>; empty on rolling suites.</summary>
    public string Version { get; init; } = "";

    /// <summary><c>VERSION_CODENAME</c> of os-release, such as <c>bookworm</c>.</summary>
    public string Codename { get; init; } = "";

    /// <summary>Kernel release, as <c>uname -r</c> gives it.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Machine, as <c>uname -m</c> gives it.</summary>
    public string Architecture { get; init; } = "";

    /// <summary><c>systemd</c>, or the name of process 1.</summary>
    public string Init { get; init; } = "";

    /// <summary><c>apt</c>, <c>dnf</c>, <c>apk</c>, or empty when none is known.</summary>
    public string PackageManager { get; init; } = "";

    /// <summary>Bytes of main memory.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Processors online.</summary>
    public int Processors { get; init; }

    /// <summary>Changes with each boot.</summary>
    public string BootId { get; init; } = "";

    /// <summary>The host's own name for itself.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The address from which the controller is connected; empty for the local transport.</summary>
    public string ControllerAddress { get; init; } = "";

    /// <summary>The port on which the controller is connected; 0 for the local transport.</summary>
    public int SshPort { get; init; }

    /// <summary>Interfaces with their addresses.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>The interface that holds <paramref name="address"/>, or null.</summary>
    public NetworkInterface? InterfaceOf(string address) =>
        Interfaces.FirstOrDefault(i => i.Addresses.Any(a => a.Split('/')[0].Equals(address, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>A network interface of a host.</summary>
/// <param name="Name">Such as <c>eth0</c>.</param>
/// <param name="Addresses">With prefix length: <c>10.77.0.11/24</c>.</param>
public sealed record NetworkInterface(string Name, IReadOnlyList<string> Addresses);
