using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Converge.Planning;
using Converge.Testing;

namespace Converge.Cli.Tests.Saving;

public sealed class DamagedPlanTests : IDisposable
{
    private readonly PlanFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("edited")]
    [InlineData("cut off")]
    [InlineData("of a later format")]
    [InlineData("with more in it")]
    [InlineData("empty")]
    [InlineData("something else")]
    [InlineData("of another key")]
    [InlineData("missing")]
    public async Task What_is_not_the_plan_that_was_saved_is_refused_with_the_reason(string what)
    {
        await _folder.SaveAsync();
        var asked = _folder.Stage.Hosts["web1"].Exchanges.Count;
        var text = await File.ReadAllTextAsync(_folder.Plan, TestContext.Current.CancellationToken);
        var damaged = what switch
        {
            "edited" => text.Replace("\"1024\"", "\"2048\"", StringComparison.Ordinal),
            "cut off" => text[..(text.Length / 2)],
            "of a later format" => text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal),
            "with more in it" => text.Replace("\"version\": 1", "\"version\": 1, \"more\": true", StringComparison.Ordinal),
            "empty" => "",
            "something else" => "{\"a\": 1}",
            _ => text,
        };
        await File.WriteAllTextAsync(_folder.Plan, damaged, TestContext.Current.CancellationToken);
        _folder.Stage.Key = what == "of another key" ? PlanKey.Random() : _folder.Stage.Key;
        if (what == "missing")
        {
            File.Delete(_folder.Plan);
        }

        var code = await _folder.ApplyAsync();

        Assert.Equal((1, asked), (code, _folder.Stage.Hosts["web1"].Exchanges.Count));
        var said = Regex.Replace(_folder.Said().Replace(PlanKey.DefaultPath, "‹key›", StringComparison.Ordinal), "[0-9a-f]{16}", "‹id›");
        await Verifier.Verify(said).UseTextForParameters(what);
    }

    [Fact]
    public async Task Nothing_that_can_be_done_to_its_bytes_crashes_the_reader_or_gets_past_it()
    {
        await _folder.SaveAsync();
        var bytes = SavedPlanFile.ReadBytes(_folder.Plan);
        var random = new Random(7);
        foreach (var round in Enumerable.Range(0, 2000))
        {
            var damaged = Damaged(bytes, random);

            var refused = Record.Exception(() => SavedPlanFile.Read("site.plan", damaged, _folder.Stage.Key));

            Assert.True(damaged.AsSpan().SequenceEqual(bytes) || refused is ConvergeException, $"round {round}: {refused}");
        }
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        byte[] changed = [.. bytes];
        switch (random.Next(4))
        {
            case 0:
                changed[at] = (byte)random.Next(256);
                return changed;
            case 1:
                return changed[..at];
            case 2:
                return [.. changed[..at], (byte)random.Next(256), .. changed[at..]];
            default:
                return [.. changed[..at], .. changed[Math.Min(changed.Length, at + random.Next(1, 40))..]];
        }
    }
}
