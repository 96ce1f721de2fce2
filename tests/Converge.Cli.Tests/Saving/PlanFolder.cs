using System;
using System.IO;
using System.Threading.Tasks;

namespace Converge.Cli.Tests.Saving;

/// <summary>A folder with a script, and the sample fleet that it stands for.</summary>
internal sealed class PlanFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-plan-").FullName;

    public PlanFolder(Stage? stage = null)
    {
        Stage = stage ?? Sample.Stage();
        File.WriteAllText(Script, "// a script\n");
    }

    public Stage Stage { get; }

    public string Script => Path.Combine(_folder, "site.csx");

    public string Plan => Path.Combine(_folder, "site.plan");

    public string Signature => Plan + ".sig";

    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>What was said since the last time, without the name of this folder.</summary>
    public string Said()
    {
        var said = Stage.Said.Replace(_folder + "/", "", StringComparison.Ordinal);
        Stage.Out.GetStringBuilder().Clear();
        Stage.Error.GetStringBuilder().Clear();
        return said;
    }

    public async Task SaveAsync(params string[] options)
    {
        Assert.Equal(0, await Stage.RunAsync(["plan", Script, "--out", Plan, .. options]));
        Said();
    }

    public Task<int> ApplyAsync(params string[] options) => Stage.RunAsync(["apply", Plan, "--yes", "--no-diff", .. options]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
