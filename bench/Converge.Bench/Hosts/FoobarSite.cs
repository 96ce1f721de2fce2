using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;
using Converge.Lab;

namespace Converge.Bench.Hosts;

/// <summary>
/// The reference infrastructure, by each of the three ways that are compared. Each has six hosts of its own on a subnet of its own, so that none
/// finds what another left; the addresses are all that differs from examples/foobar.
/// </summary>
internal sealed class FoobarSite(BenchContext bench)
{
    private const string Original = "10.77.0.";
    private const string OurNet = "10.78.10.";
    private const string ShellNet = "10.78.12.";

    // Made up for this run; what is compared are ways to bring it to the hosts.
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    private string Example => Path.Combine(bench.Root, "examples", "foobar");

    public string Script => Path.Combine(bench.Work, "foobar", "foobar.csx");

    public LabFile OurLab => BenchLab.Load(Path.Combine(Example, "lab.json"), "bench-c", Original, OurNet);

    public LabFile ShellLab => BenchLab.Load(Path.Combine(Example, "lab.json"), "bench-s", Original, ShellNet);

    public LabFile AnsibleLab => LabFile.Load(Path.Combine(bench.Root, "bench", "labs", "ansible.json"));

    /// <summary>Copies the example, with our addresses.</summary>
    public void Prepare()
    {
        var to = bench.Folder("foobar");
        foreach (var file in Directory.EnumerateFiles(Example, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(Example, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace(Original, OurNet, StringComparison.Ordinal));
        }
    }

    public ShellCommand Apply(BenchLab lab, int changes = 0) => WithPassword(bench.Converge.Apply(Script, lab.SshConfig, changes));

    public ShellCommand FirstApply(BenchLab lab) => WithPassword(bench.Converge.FirstApply(Script, lab.SshConfig));

    public ShellCommand Check => bench.Converge.Check(Script);

    public ShellCommand Shell(BenchLab lab) =>
        WithPassword(new ShellCommand(Path.Combine(bench.Root, "bench", "shell", "apply"), [lab.SshConfig, ShellNet.TrimEnd('.')]));

    /// <summary>A run of the playbook; <paramref name="mitogen"/> with Mitogen's strategy instead of Ansible's own.</summary>
    public ShellCommand Ansible(BenchLab lab, KeptConnections connections, bool mitogen, bool first = false) => new("ansible-playbook", ["site.yml"])
    {
        Folder = Path.Combine(bench.Root, "bench", "ansible"),
        Environment = new Dictionary<string, string>(connections.ForAnsible(lab.SshConfig))
        {
            ["FOOBAR_DB_PASSWORD"] = _password,
            ["ANSIBLE_STRATEGY"] = mitogen ? "mitogen_linear" : "linear",
        },
        Verdict = outcome => outcome.ExitCode != 0 ? $"exit code {outcome.ExitCode}"
            : ChangedSomething(outcome) != first ? (first ? "nothing was changed" : "something was changed")
            : null,
    };

    /// <summary>What Ansible and its modules need on the hosts, and the others do not.</summary>
    public static Task InstallPythonAsync(BenchLab lab, CancellationToken ct) => lab.OnAsync(
        lab.Hosts,
        "export DEBIAN_FRONTEND=noninteractive; apt-get -qq update && apt-get -qq -y --no-install-recommends install python3 python3-apt python3-pymysql >/dev/null",
        ct);

    /// <summary>Whether the guestbook, which needs every host of the chain, is served at the shared address. Waits for at most 15 s.</summary>
    /// <exception cref="BenchException">It is not.</exception>
    public static async Task RequireServedAsync(BenchLab lab, CancellationToken ct)
    {
        var vip = lab.File.Controller.Split('/')[0] + "00";
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        client.DefaultRequestHeaders.Host = "www.foobar.com";
        string last = "";
        for (var attempt = 0; attempt < 30; attempt++)
        {
            try
            {
                var page = await client.GetStringAsync(new Uri($"http://{vip}/guestbook"), ct).ConfigureAwait(false);
                if (page.Contains("<h1>Guestbook</h1>", StringComparison.Ordinal))
                {
                    return;
                }

                last = page;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                last = e.Message;
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), ct).ConfigureAwait(false);
        }

        throw new BenchException($"lab {lab.File.Name} does not serve the guestbook at {vip}: {last}");
    }

    // The recap: "web1 : ok=9 changed=0 unreachable=0 failed=0 …".
    private static bool ChangedSomething(Outcome outcome) => outcome.Output.Split('\n')
        .Any(line => line.Contains(" unreachable=", StringComparison.Ordinal) && !line.Contains(" changed=0 ", StringComparison.Ordinal));

    private ShellCommand WithPassword(ShellCommand command) => command with
    {
        Environment = new Dictionary<string, string> { ["FOOBAR_DB_PASSWORD"] = _password },
    };
}
