using System;
using System.IO;
using Converge.Bench.Hosts;

namespace Converge.Bench;

/// <summary>What every row works with.</summary>
/// <param name="Root">The repository.</param>
/// <param name="Rounds">How often each quick contender runs; slow ones run less often.</param>
/// <param name="Say">Tells progress.</param>
internal sealed record BenchContext(string Root, int Rounds, Action<string> Say)
{
    /// <summary>Everything that is generated: scripts, raw samples.</summary>
    public string Work => Path.Combine(Root, "artifacts", "bench");

    public ConvergeCommand Converge => new(Root);

    /// <summary>An empty folder for one row's files.</summary>
    public string Folder(string name)
    {
        var path = Path.Combine(Work, name);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }
}
