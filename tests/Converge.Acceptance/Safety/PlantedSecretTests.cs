using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.Safety;

/// <summary>A secret that is planted, and looked for everywhere but where it belongs.</summary>
[Collection(nameof(SafetyLab))]
public sealed class PlantedSecretTests(SafetyLab lab)
{
    private const string Planted = "pl4nted & Secret/word";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openssh")]
    [InlineData("builtin")]
    public async Task It_is_in_the_file_that_was_asked_for_and_nowhere_else(string transport)
    {
        using var script = Script(transport);
        var cache = Directory.CreateDirectory(script.PathOf("cache")).FullName;
        await lab.OnAsync("one", "systemctl reset-failed watch 2>/dev/null; systemd-run -q --unit=watch sh -c 'while :; do for p in /proc/[0-9]*; do cat $p/cmdline $p/environ 2>/dev/null; done >>/var/log/watched; done'");

        var said = new List<ProgramRun>();
        foreach (var options in (string[][])[["-v"], ["--json", "-v"]])
        {
            await lab.OnAsync("one", "rm -f /srv/secret-* /srv/echoed");
            said.Add(await ApplyAsync(script, cache, ["apply", "--yes", .. options, "--transport", transport]));
        }

        said.Add(await ApplyAsync(script, cache, ["plan", "-v", "--transport", transport]));
        await lab.OnAsync("one", "systemctl stop watch; journalctl --sync");

        Assert.All(said.Take(2), run => Assert.Equal(1, run.ExitCode));
        Assert.All(said, run => Assert.All(Forms, form => Assert.DoesNotContain(form, run.Text, StringComparison.Ordinal)));
        Assert.Contains("«secret PLANTED»", said[0].Text, StringComparison.Ordinal);
        Assert.Equal("600 pl4nted & Secret/word\n", await lab.OnAsync("one", $"stat -c '%a ' /srv/secret-{transport} | tr -d '\\n'; cat /srv/secret-{transport}; echo"));
        Assert.All(await FoundOnHostAsync(), where => Assert.Equal($"/srv/secret-{transport}", where));
        Assert.All([cache, Path.Combine(Home, ".cache/converge/ssh")], folder => Assert.Empty(FoundIn(folder)));
    }

    private static string[] Forms { get; } = [Planted, Convert.ToBase64String(Encoding.UTF8.GetBytes(Planted)).TrimEnd('='), Uri.EscapeDataString(Planted)];

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private Task<ProgramRun> ApplyAsync(BadScript script, string cache, IEnumerable<string> arguments) => ProgramRun.ConvergeAsync(
        [.. arguments, script.PathOf("bad.csx"), "--ssh-config", lab.Status.SshConfig!], Ct, null, new Dictionary<string, string> { ["PLANTED"] = Planted, ["XDG_CACHE_HOME"] = cache });

    // Files, the journal, and what was seen of the command lines and environments of all processes while the runs went on.
    private async Task<string[]> FoundOnHostAsync()
    {
        var found = new StringBuilder(await lab.OnAsync("one", "test -s /var/log/watched"));
        foreach (var form in Forms)
        {
            found.Append(await lab.OnAsync("one", $"""
                grep -rlaF -- {ShellQuote.Word(form)} /etc /srv /run /tmp /var/log /var/tmp /var/lib/converge /root /home 2>/dev/null || true
                journalctl -q | grep -F -- {ShellQuote.Word(form)} || true
                """));
        }

        return found.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> FoundIn(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".sock", StringComparison.Ordinal) && File.GetAttributes(file).HasFlag(FileAttributes.Normal))
        .Where(file => File.ReadAllText(file, Encoding.Latin1) is var text && Forms.Any(form => text.Contains(form, StringComparison.Ordinal)));

    // One command echoes what it was given, as it is and encoded, and fails.
    private static BadScript Script(string name) => new($$"""
        var planted = Secret.FromEnvironment("PLANTED");
        var one = Host("one", "{{SafetyLab.One}}");
        one.Add(new File("/srv/secret-{{name}}") { Content = Content.FromSecret(planted) });
        one.Add(new Command("echo") { Program = "sh", Arguments = ["-c", "read -r s; echo \"$s\"; printf %s \"$s\" | base64; echo 'pl4nted%20%26%20Secret%2Fword'; echo \"$s\" >&2; exit 3"], Input = Content.FromSecret(planted), Creates = "/srv/echoed" });
        """);
}
