using System.Collections.Generic;
using System.Globalization;

namespace Converge.Sessions.Ssh;

/// <summary>Where and as whom to connect: a host of the fleet as ssh_config resolves it.</summary>
internal sealed record SshTarget(string HostName, int Port, string User)
{
    /// <summary>Private keys, in the order in which they are tried.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>They were named in a config, not just looked for in the usual places.</summary>
    public bool NamedIdentities { get; init; }

    /// <summary>The user's known_hosts files; new keys go into the first.</summary>
    public IReadOnlyList<string> KnownHostsFiles { get; init; } = [];

    /// <summary>The system's known_hosts files, only read.</summary>
    public IReadOnlyList<string> SystemKnownHostsFiles { get; init; } = ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];

    /// <summary>The config gives an address of its own, whatever the script says.</summary>
    public bool NamedHost { get; init; }

    /// <summary>The setting that leads elsewhere than a direct connection, such as <c>ProxyJump bastion</c>; null when there is none.</summary>
    public string? Detour { get; init; }

    /// <summary>A key that was never seen is taken.</summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>The name in known_hosts: with the port in brackets where it is not 22.</summary>
    public string KnownName => Port == 22 ? HostName.ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"[{HostName.ToLowerInvariant()}]:{Port}");

    /// <summary><c>root@10.77.0.11</c>, with the port where it is not 22.</summary>
    public override string ToString() => Port == 22 ? $"{User}@{HostName}" : string.Create(CultureInfo.InvariantCulture, $"{User}@{HostName} port {Port}");
}
