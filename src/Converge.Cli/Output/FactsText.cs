using System.Text;
using System.Text.Json;

namespace Converge.Cli.Output;

/// <summary>Facts of a host, for people and for programs.</summary>
internal static class FactsText
{
    public static string Of(Host host, HostFacts facts)
    {
        var text = new StringBuilder();
        text.Append(host.Name).Append("  ").Append(host.Address).Append('\n');
        Line("distribution", $"{facts.Distribution} {facts.Version} {facts.Codename}");
        Line("kernel", $"{facts.Kernel} {facts.Architecture}");
        Line("init", facts.Init);
        Line("packages", facts.PackageManager);
        Line("memory", $"{facts.MemoryBytes >> 20} MiB");
        Line("processors", $"{facts.Processors}");
        Line("host name", facts.HostName);
        Line("boot", facts.BootId);
        foreach (var network in facts.Interfaces)
        {
            Line(network.Name, string.Join(", ", network.Addresses));
        }

        return text.ToString();

        void Line(string name, string value) => text.Append("  ").Append(name).Append(": ").Append(Redaction.Clean(value).Trim()).Append('\n');
    }

    public static void Write(Utf8JsonWriter json, Host host, HostFacts facts)
    {
        json.WriteString("host", host.Name);
        json.WriteString("address", host.Address);
        json.WriteString("distribution", facts.Distribution);
        json.WriteString("version", facts.Version);
        json.WriteString("codename", facts.Codename);
        json.WriteString("kernel", facts.Kernel);
        json.WriteString("architecture", facts.Architecture);
        json.WriteString("init", facts.Init);
        json.WriteString("packageManager", facts.PackageManager);
        json.WriteNumber("memoryBytes", facts.MemoryBytes);
        json.WriteNumber("processors", facts.Processors);
        json.WriteString("bootId", facts.BootId);
        json.WriteString("hostName", facts.HostName);
        json.WriteStartObject("interfaces");
        foreach (var network in facts.Interfaces)
        {
            JsonFields.WriteStrings(json, network.Name, network.Addresses);
        }

        json.WriteEndObject();
    }
}
