using System.Collections.Generic;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("render")]
    [InlineData("graph")]
    [InlineData("facts")]
    [InlineData("lab")]
    [InlineData("drill failover")]
    [InlineData("lab up")]
    [InlineData("lab status")]
    [InlineData("lab exec")]
    [InlineData("lab kill")]
    public async Task Help_ends_with_examples(string verb)
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync([.. verb.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said).UseTextForParameters(verb.Length == 0 ? "converge" : verb);
    }

    [Theory]
    [InlineData("no verb")]
    [InlineData("unknown verb", "paln", "site.csx")]
    [InlineData("no script", "plan")]
    [InlineData("unknown option", "plan", "site.csx", "--host", "web1")]
    [InlineData("render without a folder", "render", "site.csx")]
    [InlineData("a variable without a value", "plan", "site.csx", "--var", "db")]
    [InlineData("a variable twice", "plan", "site.csx", "--var", "db=a", "--var", "db=b")]
    [InlineData("lab exec without a command", "lab", "exec", "lb1")]
    [InlineData("contradiction", "plan", "site.csx", "--diff", "--no-diff")]
    public async Task Wrong_use_is_explained(string what, params string[] arguments)
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Null(stage.Request);
        await Verifier.Verify(stage.Said).UseTextForParameters(what);
    }

    [Fact]
    public async Task A_lab_that_is_not_there_is_a_failure()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("lab", "status", "no-such-lab");

        Assert.Equal((1, ""), (code, stage.Out.ToString()));
        Assert.StartsWith("'no-such-lab' is neither a lab file nor a lab that is up.", stage.Error.ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_reach_the_script()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("check", "site.csx", "--var", "db=mariadb", "--var", "motd=a=b");

        Assert.Equal(new Dictionary<string, string> { ["db"] = "mariadb", ["motd"] = "a=b" }, stage.Request!.Variables);
    }
}
