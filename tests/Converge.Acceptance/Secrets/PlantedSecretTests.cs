using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Lab;

namespace Converge.Acceptance.Secrets;

/// <summary>A secret is planted and then looked for, everywhere that somebody else than its owner could look.</summary>
public sealed class PlantedSecretTests : IDisposable
{
    private const string Script = """
        var one = Host("one", "10.78.80.11");
        var planted = Secret.FromEnvironment("PLANTED");
        var derived = Secret.FromCommand(["printenv", "PLANTED"]);
        one.Add(new File("/etc/planted.conf") { Content = Content.Text($"password = {planted}\n") });
        one.Add(new Command("takes it") { Program = "sh", Arguments = ["-c", "cat >/root/taken; sleep 1"], Input = derived, Creates = "/root/taken" });
        one.Add(new Command("shows it") { Program = "sh", Input = planted, Creates = "/never", Arguments = ["-c", SHOW] });
        """;

    // As tools do it: plainly, encoded, within something that is encoded, wrapped, on both outputs, in the middle of a long line.
    private const string Show = """
        v=$(cat); echo "it is $v"; echo "$v" | base64; printf 'user:%s' "$v" | base64 -w 20; printf %s "$v" | base64 -w 12 >&2
        printf %s "$v" | od -An -v -tx1 | tr -d ' \n'; echo; printf %s "$v" | fold -w 9; echo; printf '%980s%s\n' x "$v" >&2
        echo "sh: 1: cannot log in with password '$v'" >&2; sleep 1; exit 3
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("converge-planted.").FullName;
    private readonly PlantedSecret _planted = new();

    private readonly RehearsalLab _lab = new(LabFile.Parse("""
        { "name": "test-sec", "controller": "10.78.80.1/24", "hosts": [ { "name": "one", "address": "10.78.80.11" } ] }
        """, "lab.json") with { Packages = LabFile.Load(Path.Combine(Repository.Root, "examples/foobar/lab.json")).Packages });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_nowhere_but_where_it_belongs()
    {
        Assert.SkipWhen(LabTools.WhyNot() is not null, LabTools.WhyNot() ?? "");
        await using var turn = await LabTurn.TakeAsync(Ct);
        var status = await _lab.UpAsync(null, Ct);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "planted.csx"), Script.Replace("SHOW", "\"\"\"\n" + Show + "\n\"\"\"", StringComparison.Ordinal), Ct);
            var runs = await RunAllAsync(status.SshConfig!);

            Assert.All(runs, r => Assert.Null(_planted.In(r.Text)));
            Assert.Contains("planted", runs[^1].Text, StringComparison.Ordinal);
            Assert.Contains("cannot log in with password '«secret ", runs[^1].Text, StringComparison.Ordinal);
            Assert.Equal(
                $"password = {_planted.Value}\n{_planted.Value}600\n", await OnAsync("cat /etc/planted.conf /root/taken; stat -c %a /etc/planted.conf"));
            // Sockets of ssh, which have no length, are no files.
            Assert.All(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0), f => Assert.Null(_planted.In(File.ReadAllText(f))));
            Assert.Null(_planted.In(await OnAsync("journalctl --no-pager -o verbose; cat /var/log/*.log 2>/dev/null || true")));
            Assert.Equal("", await OnAsync("grep -rlF -e \"$(cat /root/taken)\" /run /tmp /var 2>/dev/null || true"));
        }
        finally
        {
            await _lab.DownAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<List<ProgramRun>> RunAllAsync(string sshConfig)
    {
        var runs = new List<ProgramRun>();
        await using var watch = new ProcessWatch(_planted);
        foreach (var transport in new[] { "openssh", "builtin" })
        {
            string[] access = ["--ssh-config", sshConfig, "--transport", transport];
            runs.Add(await ConvergeAsync(0, ["plan", "planted.csx", "-v", "--out", $"{transport}.plan", .. access]));
            runs.Add(await ConvergeAsync(1, ["apply", "planted.csx", "--yes", "--json", .. access]));
            runs.Add(await ConvergeAsync(1, ["apply", "planted.csx", "--yes", "-v", .. access]));
            await OnAsync("rm /root/taken; echo 'password = another' >/etc/planted.conf");
        }

        runs.Add(await ConvergeAsync(0, ["render", "planted.csx", "--out", "rendered"]));
        runs.Add(await ConvergeAsync(0, ["graph", "planted.csx"]));
        runs.Add(await ConvergeAsync(1, ["apply", "planted.csx", "--yes", "-v", "--ssh-config", sshConfig]));
        Assert.True(watch.Rounds > 10);
        Assert.Empty(watch.Found);
        return runs;
    }

    // Not through the script of the repository, whose own children would inherit the variable.
    private async Task<ProgramRun> ConvergeAsync(int exitCode, string[] arguments) => (await ProgramRun.OfAsync(
        "dotnet", [Path.Combine(Repository.Root, "artifacts/bin/Converge.Cli/release/converge.dll"), .. arguments], Ct, _folder,
        new Dictionary<string, string> { ["PLANTED"] = _planted.Value, ["XDG_CONFIG_HOME"] = _folder, ["XDG_CACHE_HOME"] = _folder, ["HOME"] = _folder })).EndedWith(exitCode);

    private async Task<string> OnAsync(string shell)
    {
        var result = await _lab.CaptureAsync("one", ["sh", "-euc", shell], Ct);
        Assert.True(result.ExitCode == 0, $"{shell}\n{result.Output}{result.Error}");
        return result.Output;
    }
}
