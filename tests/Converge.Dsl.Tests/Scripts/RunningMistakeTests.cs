using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Dsl.Tests.Scripts;

public sealed class RunningMistakeTests : IDisposable
{
    private readonly ScriptFolder _folder = new("a folder with spaces — and ünicode");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mistakes_that_need_not_stop_the_script_are_collected()
    {
        var fleet = await _folder.FleetAsync("""
            var secret = Secret.FromEnvironment("CONVERGE_TEST_NOT_SET");
            var port = Var<int>("port");
              var app = FileBeside("app.py");
            var db = Host("db1");
            db.Add(new File("/etc/app") { Content = Content.Text($"{secret}{app}") });
            Host("db1");
            """);

        Assert.Equal(
            $"""
            site.csx:1:14: secret CONVERGE_TEST_NOT_SET is not set
                Set it before the run, for example:
                read -rs CONVERGE_TEST_NOT_SET && export CONVERGE_TEST_NOT_SET
            site.csx:2:12: variable port has no value
                Give it a whole number: --var port=…
            site.csx:3:13: {_folder.Path}/app.py cannot be read: Could not find file '{_folder.Path}/app.py'.
                Give a path that exists beside the script.
            site.csx:6:1: host db1 is declared twice
                also at site.csx:4:10
            """,
            string.Join('\n', fleet.Mistakes));
    }

    [Fact]
    public async Task A_script_that_throws_is_a_mistake_at_its_line_after_all_others()
    {
        _folder["helpers.csx"] = "\nHost First(string role) =>\n    AllHosts.First(h => h.Roles.Contains(role));\n";

        var refusal = await _folder.RefusalAsync("""
            #load "helpers.csx"
            var port = Var<int>("port");
            var lb = First("lb");
            """);

        Assert.Equal(
            """
            site.csx:2:12: variable port has no value
                Give it a whole number: --var port=…
            helpers.csx:3:5: the script stopped: Sequence contains no matching element (InvalidOperationException)
            """,
            refusal);
    }

    [Fact]
    public async Task The_advice_of_a_thrown_error_is_kept()
    {
        var refusal = await _folder.RefusalAsync("""throw new ConvergeException("this cannot be", "Do that.");""");

        Assert.Equal("site.csx:1:1: this cannot be\n    Do that.", refusal);
    }

    [Fact]
    public async Task Mistakes_of_another_description_inside_the_script_are_its_mistakes()
    {
        var refusal = await _folder.RefusalAsync("""
            throw new ScriptException([new Mistake("first"), new Mistake("second", new SourceLocation("x.csx", 3, 4))]);
            """);

        Assert.Equal("first\nx.csx:3:4: second", refusal);
    }

    [Fact]
    public async Task A_secret_in_an_error_is_masked()
    {
        var refusal = await _folder.RefusalAsync("""
            var password = Secret.FromValue("the password", "hunter2-hunter2");
            throw new ArgumentException("wrong: " + password.Reveal());
            """);

        Assert.Equal("site.csx:2:1: the script stopped: wrong: «secret the password» (ArgumentException)", refusal);
    }

    [Fact]
    public async Task Errors_that_other_errors_wrap_are_shown_themselves()
    {
        var refusal = await _folder.RefusalAsync("""
            using System.Threading.Tasks;
            static class Site { public static int Port = int.Parse("eighty"); }
            Task.Run(async () => { await Task.Yield(); Console.Write(Site.Port); }).Wait();
            """);

        Assert.Equal("site.csx:2:21: the script stopped: The input string 'eighty' was not in a correct format. (FormatException)", refusal);
    }

    [Fact]
    public async Task A_script_that_is_waited_for_no_longer_ends_the_load()
    {
        _folder["site.csx"] = "await System.Threading.Tasks.Task.Delay(-1);";
        using var stop = new CancellationTokenSource();

        var load = new ScriptLoader(_folder.Options).LoadAsync(System.IO.Path.Combine(_folder.Path, "site.csx"), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
    }

    [Fact]
    public void Outside_a_script_its_words_say_where_they_belong()
    {
        var error = Assert.Throws<ConvergeException>(() => Script.Host("db1"));

        Assert.Equal("Host, Hosts, Var and the other words of Converge.Script have a meaning only inside a script", error.Message);
        Assert.Equal("Call them in a .csx file, or in a program inside Script.Describe(() => { … }).", error.Remedy);
    }
}
