using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>iproute2's <c>ip</c>: many steps in one process, and network namespaces.</summary>
internal static class IpCommand
{
    /// <summary>Runs lines of <c>ip -batch</c>, in a namespace or (null) in this machine's own.</summary>
    public static Task BatchAsync(string? networkNamespace, IEnumerable<string> lines, CancellationToken ct) => Tool.RunAsync(
        ToolCall.WithText("ip", [.. In(networkNamespace), "-batch", "-"], string.Join('\n', lines) + "\n"), ct);

    public static IEnumerable<string> Namespaces() =>
        Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns").Select(p => Path.GetFileName(p)) : [];

    public static bool LinkExists(string name) => Directory.Exists($"/sys/class/net/{name}");

    public static async Task AddNamespaceAsync(string name, CancellationToken ct) =>
        await Tool.RunAsync("ip", ["netns", "add", name], ct).ConfigureAwait(false);

    public static async Task DeleteNamespaceAsync(string name, CancellationToken ct)
    {
        if (Namespaces().Contains(name))
            await Tool.RunAsync("ip", ["netns", "delete", name], ct).ConfigureAwait(false);
    }

    /// <summary>Deletes an interface if it is there. The kernel deletes its peer with it, at once.</summary>
    public static async Task DeleteLinkAsync(string? networkNamespace, string name, CancellationToken ct)
    {
        var result = await Tool.TryAsync(new ToolCall("ip", [.. In(networkNamespace), "link", "delete", "dev", name]), ct).ConfigureAwait(false);
        if (result.ExitCode != 0 && !IsAbsent(result.Error))
            throw new LabException($"ip link delete {name} failed: {result.Error.Trim()}");
    }

    private static bool IsAbsent(string error) =>
        error.Contains("Cannot find device", StringComparison.Ordinal) || error.Contains("Cannot open network namespace", StringComparison.Ordinal);

    private static string[] In(string? networkNamespace) => networkNamespace is null ? [] : ["-n", networkNamespace];
}
