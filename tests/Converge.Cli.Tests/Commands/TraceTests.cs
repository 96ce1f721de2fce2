using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace Converge.Cli.Tests.Commands;

public sealed class TraceTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("converge-trace-").FullName, "run.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task A_trace_has_a_lane_for_the_command_and_one_for_each_host()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("apply", "site.csx", "--yes", "--trace", _file);

        var events = Events();
        var lanes = events.Where(e => Text(e, "ph") == "M").ToDictionary(e => e.GetProperty("tid").GetInt32(), e => Text(e.GetProperty("args"), "name"));
        Assert.Equal(["converge", "db1", "dns1", "web1"], lanes.OrderBy(l => l.Key).Select(l => l.Value));
        Assert.Equal(["apply", "diff", "graph", "plan", "script"], Kinds(0));
        Assert.Equal(["close", "connect", "lock", "probe", "question", "step", "wave"], Kinds(1));

        string[] Kinds(int lane) => [.. events.Where(e => Text(e, "ph") == "X" && e.GetProperty("tid").GetInt32() == lane).Select(e => Text(e, "cat")).Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_wave_says_how_many_steps_and_bytes_it_sent()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("apply", "site.csx", "--yes", "--hosts", "db1", "--trace", _file);

        var wave = Events().Single(e => e.TryGetProperty("cat", out var kind) && kind.GetString() == "wave");
        Assert.Equal("wave 1", Text(wave, "name"));
        Assert.Equal(1, wave.GetProperty("args").GetProperty("steps").GetInt32());
    }

    [Fact]
    public async Task A_plan_and_a_run_that_fails_leave_one_too()
    {
        await Sample.Stage().RunAsync("plan", "site.csx", "--trace", _file);
        Assert.Contains(Events(), e => Text(e, "name") == "plan");

        var stage = new Stage(_ => throw new ConvergeException("no fleet"));
        var code = await stage.RunAsync("plan", "site.csx", "--trace", _file);

        Assert.NotEqual(0, code);
        Assert.Contains(Events(), e => Text(e, "name") == "load the script");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_wrong_use_before_any_host_is_asked()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--trace", Path.Combine(_file, "below", "a", "file"));

        Assert.Equal(2, code);
        Assert.Contains("--trace", stage.Said, StringComparison.Ordinal);
        Assert.Null(stage.Request);
    }

    private JsonElement[] Events() => [.. JsonDocument.Parse(File.ReadAllBytes(_file)).RootElement.GetProperty("traceEvents").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
