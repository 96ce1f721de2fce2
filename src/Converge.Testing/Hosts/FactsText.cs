using System;
using System.Text;

namespace Converge.Testing;

/// <summary>Facts in the form in which a real host answers the question <c>facts</c>.</summary>
internal static class FactsText
{
    public static string Of(HostFacts facts)
    {
        var text = new StringBuilder();
        Line("distribution", facts.Distribution);
        Line("version", facts.Version);
        Line("codename", facts.Codename);
        Line("hostname", facts.HostName);
        Line("kernel", facts.Kernel);
        Line("architecture", facts.Architecture);
        Line("init", facts.Init);
        Line("packages", facts.PackageManager);
        Line("memory-kib", $"{facts.MemoryBytes / 1024}");
        Line("processors", facts.Processors == 0 ? "" : $"0-{facts.Processors - 1}");
        Line("boot", facts.BootId);
        Line("ssh", facts.SshPort == 0 ? "" : $"{facts.ControllerAddress} 40000 127.0.0.1 {facts.SshPort}");
        foreach (var network in facts.Interfaces)
        {
            foreach (var address in network.Addresses)
            {
                text.Append($"1: {network.Name}    {(address.Contains(':', StringComparison.Ordinal) ? "inet6" : "inet")} {address} scope global {network.Name}\n");
            }
        }

        return text.ToString();

        void Line(string key, string value) => text.Append(key).Append('=').Append(value).Append('\n');
    }
}
