using System.IO;
using System.Linq;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>The shell texts that run on a host. They are files of their own, so that shell tools can read them.</summary>
internal static class RemoteText
{
    /// <summary>Becomes root, then loads <see cref="Serve"/>.</summary>
    public static string Enter { get; } = Load("enter.sh");

    /// <summary>The far end of the session.</summary>
    public static string Serve { get; } = Load("family.sh") + Load("serve.sh");

    /// <summary>In front of the items of a request.</summary>
    public static string Job { get; } = Load("family.sh") + Load("job.sh");

    /// <summary>Also there when a request puts files.</summary>
    public static string Put { get; } = Load("put.sh");

    /// <summary>Also there when a request puts files in bundles.</summary>
    public static string Together { get; } = Load("together.sh");

    // Comments and indentation are for the reader here and need not travel.
    private static string Load(string name)
    {
        using var stream = typeof(RemoteText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"resource {name} is missing from {typeof(RemoteText).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#');
        return string.Concat(lines.Select(l => l + "\n"));
    }
}
