using System;
using System.IO;
using System.Linq;

namespace Converge.Lab;

/// <summary>Where programs are. System administration folders are added, since root's PATH after <c>su</c> lacks them.</summary>
internal static class ToolPath
{
    private const string System = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static string Variable => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? $"{path}:{System}" : System;

    public static string? Find(string program) => Variable
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
