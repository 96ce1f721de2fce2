using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Converge.Modules;

namespace Converge.MicroBench;

/// <summary>One file with 200 lines, one of which is another than wanted.</summary>
public class DiffBenchmarks
{
    private const string Path = "/etc/bench.conf";

    private readonly DiffContext _context = new(new HostFacts { HostName = "web1" }, []);
    private File _file = new(Path);
    private FileState _reached = FileState.Missing;
    private FileState _drifted = FileState.Missing;

    [GlobalSetup]
    public void Describe()
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"setting{i} = {i}\n").ToArray();
        _file = new File(Path) { Content = string.Concat(lines), Mode = Mode.Octal("0644"), Owner = "root", Group = "root" };
        _reached = State(string.Concat(lines));
        lines[100] = "setting100 = drifted\n";
        _drifted = State(string.Concat(lines));
    }

    /// <summary>Nothing to do: what nearly every resource of nearly every run is.</summary>
    [Benchmark]
    public int Reached() => _file.Diff(_reached, _context).Count();

    /// <summary>A difference, shown line by line.</summary>
    [Benchmark]
    public int Drifted() => _file.Diff(_drifted, _context).Count();

    private static FileState State(string text)
    {
        var content = Content.Text(text);
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new FileState(PathKind.File)
        {
            Mode = Mode.Octal("0644"),
            Owner = "root",
            Group = "root",
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
            Content = bytes,
        };
    }
}
