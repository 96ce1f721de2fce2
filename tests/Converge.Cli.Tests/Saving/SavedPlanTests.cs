using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Saving;

public sealed class SavedPlanTests : IDisposable
{
    private readonly PlanFolder _folder = new();

    private InMemoryConnector Hosts => _folder.Stage.Hosts;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_saved_plan_is_applied_as_it_was_shown()
    {
        await _folder.SaveAsync();

        var code = await _folder.ApplyAsync();

        Assert.Equal(0, code);
        Assert.Equal("1024", Hosts["web1"].Files["limits"].Text);
        await Verifier.Verify(_folder.Said());
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        await _folder.SaveAsync();

        // The command itself runs on Linux only; the analyzer does not know.
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_folder.Plan);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task It_is_readable_and_the_same_for_the_same_plan()
    {
        await _folder.SaveAsync();
        var first = await File.ReadAllTextAsync(_folder.Plan, TestContext.Current.CancellationToken);
        await _folder.SaveAsync();
        var second = await File.ReadAllTextAsync(_folder.Plan, TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        await Verifier.Verify(System.Text.RegularExpressions.Regex.Replace(first, "[0-9a-f]{16,64}", "‹hash›"));
    }

    [Fact]
    public async Task What_has_drifted_is_refused_with_what_was_planned_and_what_would_be_done_and_so_is_what_depends_on_it()
    {
        using var folder = new PlanFolder(new Stage(fleet =>
        {
            var web = fleet.Host("web1", file: "site.csx", line: 1);
            var config = web.Add(new Thing("config", "new"), "site.csx", 2);
            web.Add(new Thing("listener", "running") { After = [config] }, "site.csx", 3);
            web.Add(new Thing("limits", "1024"), "site.csx", 4);
        }));
        folder.Stage.Hosts["web1"].Files["config"] = "old";
        await folder.SaveAsync();
        folder.Stage.Hosts["web1"].Files["config"] = "edited by hand";

        var code = await folder.ApplyAsync();

        Assert.Equal(1, code);
        Assert.Equal("edited by hand", folder.Stage.Hosts["web1"].Files["config"].Text);
        Assert.DoesNotContain("listener", folder.Stage.Hosts["web1"].Files.Keys);
        await Verifier.Verify(folder.Said());
    }

    [Fact]
    public async Task What_somebody_else_has_done_meanwhile_is_not_refused()
    {
        await _folder.SaveAsync();
        Hosts["web1"].Files["limits"] = "1024";

        Assert.Equal(0, await _folder.ApplyAsync());
    }

    [Fact]
    public async Task What_was_to_stay_as_it_is_and_no_longer_would_is_refused()
    {
        await _folder.SaveAsync();
        Hosts["dns1"].Files["zone"] = "foobar.org";

        Assert.Equal(1, await _folder.ApplyAsync());
        Assert.Equal("foobar.org", Hosts["dns1"].Files["zone"].Text);
        Assert.Contains("planned: nothing\n", _folder.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_was_changed_is_refused_before_any_host_is_asked()
    {
        await _folder.SaveAsync();
        var asked = Hosts["web1"].Exchanges.Count;
        await File.AppendAllTextAsync(_folder.Script, "// and more\n", TestContext.Current.CancellationToken);

        var code = await _folder.ApplyAsync();

        Assert.Equal((1, asked), (code, Hosts["web1"].Exchanges.Count));
        await Verifier.Verify(_folder.Said());
    }

    [Fact]
    public async Task A_secret_that_is_another_is_refused_and_no_secret_is_in_the_file()
    {
        var password = "pl4nted-first";
        using var folder = new PlanFolder(new Stage(fleet => fleet.Host("web1").Add(new Token(Secret.FromValue("TOKEN", password)))));
        folder.Stage.Hosts["web1"].Answers("token", _ => "none").Runs("set-token");
        await folder.SaveAsync();
        var text = await File.ReadAllTextAsync(folder.Plan, TestContext.Current.CancellationToken);
        password = "pl4nted-second";

        var code = await folder.ApplyAsync();

        Assert.Equal(1, code);
        Assert.DoesNotContain("pl4nted", text, StringComparison.Ordinal);
        Assert.Contains("a secret, a fact or a file beside the script is another", folder.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_turns_out_to_need_something_else_is_refused_at_its_turn()
    {
        using var folder = new PlanFolder(new Stage(fleet =>
        {
            var web = fleet.Host("web1");
            var package = web.Add(new Thing("package", "installed"));
            web.Add(new Thing("limits", "1024") { After = [package] });
        }));
        var web = folder.Stage.Hosts["web1"];
        web.Files["limits"] = "1024";
        await folder.SaveAsync();
        web.Runs("set-thing", call =>
        {
            call.Host.Files[call.Arguments[0]] = call.Arguments[1];
            call.Host.Files["limits"] = "as the package has it";
            return Answer.FromText("");
        });

        var code = await folder.ApplyAsync();

        Assert.Equal(1, code);
        Assert.Equal("as the package has it", web.Files["limits"].Text);
        Assert.Contains("turned out to need other changes than were planned", folder.Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--var", "a=b")]
    [InlineData("--hosts", "web1")]
    public async Task Options_that_would_make_another_plan_of_it_are_wrong_use(params string[] options)
    {
        await _folder.SaveAsync();

        Assert.Equal(2, await _folder.ApplyAsync(options));
    }

    [Fact]
    public async Task A_plan_with_failures_is_not_saved()
    {
        Hosts["web1"].Unreachable = new HostUnreachableException("web1", "connection refused");

        var code = await _folder.Stage.RunAsync("plan", _folder.Script, "--out", _folder.Plan);

        Assert.Equal(1, code);
        Assert.False(File.Exists(_folder.Plan));
    }

    [Fact]
    public async Task A_name_that_apply_would_take_for_a_script_is_wrong_use() =>
        Assert.Equal(2, await _folder.Stage.RunAsync("plan", _folder.Script, "--out", "site.json"));

    private sealed record Token(Secret Value) : Resource<string>
    {
        private static readonly Question<string> Found = new("token", "echo none", a => a.Text);

        public override string Kind => "token";

        public override string Name => "api";

        public override Query<string> Query => Found.Ask();

        public override System.Collections.Generic.IEnumerable<Change> Diff(string state, DiffContext context) =>
            state == "none" ? [new Change("token", null, "as given") { Steps = [new RunProgram("set-token", []) { Input = Value }] }] : [];
    }
}
