using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Modules;
using Converge.Testing;

namespace Converge.Bench.Hosts;

/// <summary>Hosts in memory that have all that is described: 30 resources each, of the kinds and in the proportions that real hosts have.</summary>
internal static class MemoryFleet
{
    private const int Files = 16, Folders = 4, Packages = 6, Services = 4;

    /// <summary>The fleet, and the hosts that answer for it.</summary>
    public static (Fleet Fleet, InMemoryConnector Connector) Of(int hosts)
    {
        var (fleet, connector, answers) = (new Fleet(), new InMemoryConnector(), new SharedAnswers());
        for (var i = 0; i < hosts; i++)
        {
            var host = fleet.Host($"host{i}", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}");
            Describe(host);
            connector[host.Name]
                .Answers("path", answers.Paths)
                .Answers("dpkg", answers.Packages)
                .Answers("systemd-unit", answers.Units);
        }

        return (fleet, connector);
    }

    private static void Describe(Host host)
    {
        for (var i = 0; i < Packages; i++)
        {
            host.Add(new Package($"package{i}"));
        }

        for (var i = 0; i < Folders; i++)
        {
            host.Add(new Directory($"/srv/bench/{i}") { Owner = "root", Mode = Mode.Octal("0755") });
        }

        var files = new List<File>();
        for (var i = 0; i < Files; i++)
        {
            var file = new File($"/srv/bench/{i % Folders}/{i}.conf") { Content = $"setting = {i}\n", Owner = "root", Group = "root", Mode = Mode.Octal("0644") };
            host.Add(file);
            files.Add(file);
        }

        for (var i = 0; i < Services; i++)
        {
            host.Add(new Service($"unit{i}") { Running = true, Enabled = true, After = [files[i]] });
        }
    }

    /// <summary>All hosts are asked the same, so each answer is written once: what is measured is reading it.</summary>
    private sealed class SharedAnswers
    {
        private Answer? _paths, _packages, _units;

        public Answer Paths(IReadOnlyList<string> asked) => _paths ??= Answer.FromText(string.Concat(asked.Chunk(2).Select((pair, i) => Path(pair[0], pair[1], (i + 1) * 2))));

        public Answer Packages(IReadOnlyList<string> asked) => _packages ??= Answer.FromText(string.Concat(asked.Chunk(2).Select(pair => $"dpkg {pair[0]} amd64 install ok installed 1.0-1\n")));

        public Answer Units(IReadOnlyList<string> asked) => _units ??= Answer.FromText("now 1700000000\n" + string.Join('\n', asked.Select(Unit)));

        // A path, and where it is wanted the hash of its content: a file is found as it shall be.
        private static string Path(string path, string wanted, int position) => $"path {Encoding.UTF8.GetByteCount(path)}\n{path}\nstat {position} {(wanted.Length > 0 ? "81a4" : "41ed")} 12 1690000000 0 0 root:root\n{(wanted.Length > 0 ? $"sum {position} {wanted}\n" : "")}";

        private static string Unit(string unit) => $"""
            Type=simple
            RemainAfterExit=no
            Id={unit}
            Names={unit}
            LoadState=loaded
            ActiveState=active
            SubState=running
            UnitFileState=enabled
            CanReload=no
            NeedDaemonReload=no
            ActiveEnterTimestamp=Tue 2023-11-14 20:00:00 UTC
            StateChangeTimestamp=Tue 2023-11-14 20:00:00 UTC

            """;
    }
}
