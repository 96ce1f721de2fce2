using System;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Lab;

/// <summary>
/// How everything that a lab puts on this machine is called. Taking a lab down goes by these names alone, so that it works after a crash.
/// </summary>
internal static class LabNames
{
    /// <summary>The bridge inside the switch namespace. Host names have no dot: they cannot collide.</summary>
    public const string Bridge = "br.lab";

    /// <summary>The controller's port on the bridge.</summary>
    public const string ControllerPort = "ctl.lab";

    /// <summary>This machine's interface into the lab.</summary>
    public static string Link(string lab) => $"cl-{lab}";

    /// <summary>The network namespace that holds the bridge.</summary>
    public static string SwitchNamespace(string lab) => $"lab.{lab}";

    public static string HostNamespace(string lab, string host) => $"lab.{lab}.{host}";

    public static bool IsNamespaceOf(string lab, string name) =>
        name == SwitchNamespace(lab) || name.StartsWith($"lab.{lab}.", StringComparison.Ordinal);

    /// <summary>A locally administered address that a host keeps for life, so that its neighbours' ARP entries survive a restart.</summary>
    public static string MacAddress(string lab, string host)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{lab}/{host}"));
        return $"02:{hash[0]:x2}:{hash[1]:x2}:{hash[2]:x2}:{hash[3]:x2}:{hash[4]:x2}";
    }
}
