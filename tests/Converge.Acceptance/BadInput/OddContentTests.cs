using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.BadInput;

/// <summary>Files whose names and bytes a shell, a terminal or a line-based protocol would stumble over.</summary>
[Collection(nameof(BadInputLab))]
public sealed class OddContentTests(BadInputLab lab)
{
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["nul bytes"] = [0, 1, 0, 0, 255, 10, 0],
        ["crlf"] = Encoding.UTF8.GetBytes("one\r\ntwo\r\n"),
        ["no-final-newline"] = Encoding.UTF8.GetBytes("one\ntwo"),
        ["only newlines"] = Encoding.UTF8.GetBytes("\n\n\n"),
        ["empty"] = [],
        ["ünï-日本-🦊"] = Encoding.UTF8.GetBytes("ünï-日本-🦊\n"),
        ["it's \"quoted\" `id`"] = Encoding.UTF8.GetBytes("it's \"quoted\" `touch never`\n"),
        ["$(touch never)"] = Encoding.UTF8.GetBytes("$(touch never) ${HOME} \\n %s\n"),
        ["-rf"] = Encoding.UTF8.GetBytes("-rf\n"),
        ["--help; touch never"] = Encoding.UTF8.GetBytes("EOF\n'; touch never\n"),
        ["20 MB"] = RandomNumberGenerator.GetBytes(20_000_000),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_arrive_byte_for_byte_and_a_second_apply_changes_nothing()
    {
        using var script = new BadScript("""
            var one = Host("one", "10.78.9.11");
            one.Add(new Directory("/srv/odd"));
            one.Add(new File("/srv/odd/described here") { Content = "$(touch never)\r\n\0`touch never`'\"" });
            foreach (var file in System.IO.Directory.GetFiles("odd"))
                one.Add(new File($"/srv/odd/{System.IO.Path.GetFileName(file)}") { Content = Content.FromFile(file) });
            """);
        Directory.CreateDirectory(script.PathOf("odd"));
        foreach (var (name, bytes) in Files)
            await File.WriteAllBytesAsync(Path.Combine(script.PathOf("odd"), name), bytes, Ct);

        var first = await lab.ApplyAsync(script, 0, "--json");
        var second = await lab.ApplyAsync(script, 0, "--json");

        Assert.Equal((Files.Count + 2, 0, 1), (first.Number("changed"), second.Number("changed"), second.Number("exchanges")));
        Assert.Equal(Expected(), await FoundAsync());
        Assert.Equal("", await lab.OnAsync("one", "find / -xdev -name 'never*' -not -path '/proc/*'"));
        await lab.NothingIsLeftAsync("one");
    }

    private static IEnumerable<string> Expected() => Files
        .Append(KeyValuePair.Create("described here", Encoding.UTF8.GetBytes("$(touch never)\r\n\0`touch never`'\"")))
        .Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Value))}  ./{f.Key}")
        .Order(StringComparer.Ordinal);

    // With --zero sha256sum writes names as they are.
    private async Task<IEnumerable<string>> FoundAsync() =>
        (await lab.OnAsync("one", "cd /srv/odd; find . -type f -exec sha256sum --zero -- {} +")).Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
