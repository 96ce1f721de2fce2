using System.Linq;

namespace Converge.Modules.Tests;

public sealed class InPlaceCheckTests
{
    [Theory]
    [InlineData("site.conf")]
    [InlineData("new one.conf")]
    public void The_checker_sees_the_new_file_in_its_place_and_nobody_else_does(string name)
    {
        RealTool.RequireIsolated("sh");
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["site.conf"], "old\n");
        System.IO.File.WriteAllText(folder["other.conf"], "other\n");
        System.IO.File.WriteAllText(folder[".new file"], "new\n");

        var seen = Run(InPlaceCheck.Of(folder[name], "sh", "-c", "cd \"$1\" && cat \"$2\" other.conf", "sh", folder.Path, name), folder[".new file"]);

        Assert.Equal((0, "new\nother\n"), (seen.ExitCode, seen.Text));
        Assert.Equal("old\n", System.IO.File.ReadAllText(folder["site.conf"]));
        Assert.Equal([".new file", "other.conf", "site.conf"], System.IO.Directory.GetFiles(folder.Path).Select(System.IO.Path.GetFileName).Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_in_the_place_of_the_file_is_not_written_through()
    {
        RealTool.RequireIsolated("sh");
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        System.IO.File.WriteAllText(elsewhere["target"], "old\n");
        System.IO.File.CreateSymbolicLink(folder["site.conf"], elsewhere["target"]);
        System.IO.File.WriteAllText(elsewhere["new"], "new\n");

        var seen = Run(InPlaceCheck.Of(folder["site.conf"], "cat", folder["site.conf"]), elsewhere["new"]);

        Assert.Equal((0, "new\n"), (seen.ExitCode, seen.Text));
        Assert.Equal("old\n", System.IO.File.ReadAllText(elsewhere["target"]));
    }

    [Fact]
    public void The_checkers_verdict_is_passed_on()
    {
        RealTool.RequireIsolated("sh");
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["new"], "new\n");

        var verdict = Run(InPlaceCheck.Of(folder["site.conf"], "sh", "-c", "echo no >&2; exit 3"), folder["new"]);

        Assert.Equal((3, "no\n"), (verdict.ExitCode, verdict.Error));
    }

    private static Answer Run(Validation validation, string newFile) =>
        Shell.Run(validation.Program, [.. validation.Arguments.Select(a => a == Validation.NewFile ? newFile : a)]);
}
