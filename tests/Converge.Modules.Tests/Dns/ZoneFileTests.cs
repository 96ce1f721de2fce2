using System;
using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class ZoneFileTests
{
    private const string Path = "/etc/bind/zones/foobar.com.zone";
    private const string Put = "[put /etc/bind/zones/foobar.com.zone]";

    private static readonly ZoneText Text = ZoneText.Render("foobar.com", "dns1", new DnsSoa(), TimeSpan.FromHours(1), [DnsRecord.Ns("@", "dns1"), DnsRecord.A("dns1", "10.77.0.5")]);
    private static readonly ZoneFile Zone = new("foobar.com", Path, Text);
    private static readonly FileState There = new(PathKind.File) { Mode = Mode.Octal("0644") };
    private static readonly ZoneFileState Missing = new(FileState.Missing);
    private static readonly ZoneFileState Reached = Of(Text.With(7), 7);
    private static readonly ZoneFileState Changed = Of(Text.With(7).Replace("10.77.0.5", "10.77.0.6", StringComparison.Ordinal), 7);
    private static readonly ZoneFileState Foreign = Of("$TTL 1h\nfoobar.com. IN SOA ns1.foobar.com. root.foobar.com. (2024010203 ; old\n 1d 2h 4w 1h)\n", null);

    [Fact]
    public void It_keeps_the_laws() =>
        ResourceLaws.Check(new LawExample<ZoneFileState>(Zone, Reached, Missing, Changed, Foreign, Reached with { File = There with { Mode = Mode.Octal("0600") } }));

    [Fact]
    public void A_new_zone_starts_at_serial_1() => Assert.Equal($"zone: none → serial 1 {Put}", Describe.Diff(Zone, Missing));

    [Fact]
    public void A_changed_zone_raises_the_serial_by_one() => Assert.Equal($"zone: serial 7 → serial 8 {Put}", Describe.Diff(Zone, Changed));

    [Fact]
    public void What_is_put_is_the_zone_with_the_new_serial_checked_before_it_counts()
    {
        var put = Assert.IsType<PutFile>(Assert.Single(Assert.Single(Zone.Diff(Changed, Describe.Context())).Steps));

        Assert.Equal(Text.With(8), put.Content.ToString());
        Assert.Equal("named-checkzone -k fail -i local foobar.com {new file}", $"{put.Validation!.Program} {string.Join(' ', put.Validation.Arguments)}");
    }

    [Fact]
    public void A_plan_shows_the_records_that_change()
    {
        var change = Assert.Single(Zone.Diff(Changed, Describe.Context()));

        Assert.Contains("-\t\t7 ; serial\n+\t\t8 ; serial\n", change.TextDiff);
        Assert.Contains("-dns1\tIN\tA\t10.77.0.6\n+dns1\tIN\tA\t10.77.0.5\n", change.TextDiff);
    }

    [Fact]
    public void The_mode_alone_raises_no_serial() =>
        Assert.Equal($"mode: 0600 → 0644 [chmod 0644 {Path}]", Describe.Diff(Zone, Reached with { File = There with { Mode = Mode.Octal("0600") } }));

    [Fact]
    public void A_zone_of_someone_else_goes_on_from_its_serial() => Assert.Equal($"zone: serial 2024010203 → serial 2024010204 {Put}", Describe.Diff(Zone, Foreign));

    [Fact]
    public void A_file_without_any_serial_needs_to_be_told_where_to_go_on()
    {
        var nonsense = Of("nothing\n", null);

        Assert.Throws<ConvergeException>(() => Describe.Diff(Zone, nonsense));
        Assert.Equal($"zone: none → serial 100 {Put}", Describe.Diff(Zone with { MinimumSerial = 100 }, nonsense));
    }

    [Theory]
    [InlineData(0u, "")]
    [InlineData(5u, "")]
    [InlineData(7u, "")]
    [InlineData(2024010100u, $"zone: serial 7 → serial 2024010100 {Put}")]
    public void A_floor_counts_where_the_serial_is_behind_it(uint floor, string expected) => Assert.Equal(expected, Describe.Diff(Zone with { MinimumSerial = floor }, Reached));

    [Theory]
    [InlineData(null, 0u, 1u)]
    [InlineData(null, 2024010100u, 2024010100u)]
    [InlineData(null, 4000000000u, 4000000000u)]
    [InlineData(7u, 0u, 8u)]
    [InlineData(7u, 8u, 8u)]
    [InlineData(7u, 100u, 100u)]
    [InlineData(100u, 7u, 101u)]
    [InlineData(uint.MaxValue, 0u, 1u)]
    [InlineData(uint.MaxValue, 5u, 5u)]
    [InlineData(0x7FFF_FFFFu, 0u, 0x8000_0000u)]
    public void Serials_only_go_forward_and_around(uint? current, uint floor, uint expected)
    {
        var next = ZoneSerial.Next(current, floor);

        Assert.Equal(expected, next);
        Assert.True(current is null || ZoneSerial.IsAhead(next, current.Value));
    }

    [Theory]
    [InlineData("@ IN SOA a. b. (\n\t7 ; serial\n\t1 2 3 4 )", 7u)]
    [InlineData("$TTL 1\nx.\t3600\tSOA\ta. b. 2024 1 2 3 4\n", 2024u)]
    [InlineData("; SOA in a comment 1 2 3\n@ soa a. b. (4294967295\n1 1 1 1)", 4294967295u)]
    [InlineData("@ IN NS a.\n", null)]
    [InlineData("@ IN SOA a. b. (", null)]
    public void The_serial_is_found_in_files_that_people_wrote(string text, uint? expected) => Assert.Equal(expected, ZoneSerial.Find(text));

    [Fact]
    public void The_question_ignores_the_serial_and_brings_text_only_where_it_differs()
    {
        using var folder = new TemporaryFolder();
        var file = folder["foobar.com.zone"];
        var zone = new ZoneFile("foobar.com", file, Text);

        var missing = Shell.Ask(zone.Query);
        System.IO.File.WriteAllText(file, Text.With(41));
        var reached = Shell.Ask(zone.Query);
        System.IO.File.WriteAllText(file, Text.With(41) + "more IN A 10.0.0.1");
        var changed = Shell.Ask(zone.Query);

        Assert.Equal((PathKind.Missing, null), (missing.File.Kind, missing.Serial));
        Assert.Equal((41u, null), (reached.Serial, reached.Text));
        Assert.DoesNotContain("zone:", Describe.Diff(zone, reached));
        Assert.Equal((41u, Text.With(41) + "more IN A 10.0.0.1\n"), (changed.Serial, changed.Text));
        Assert.Contains("zone: serial 41 → serial 42", Describe.Diff(zone, changed));
    }

    [Fact]
    public void Recorded_answers_of_several_zones_are_told_apart()
    {
        var zones = ZoneFileState.Question.Read(Answer.FromText("zone /a.zone aa 7\n $TTL 1\n zone of lies\n\nzone /b.zone bb \nzone /c.zone cc 9\n"));

        Assert.Equal([("/a.zone", 7u, "$TTL 1\nzone of lies\n"), ("/b.zone", null, null), ("/c.zone", 9u, null)], zones.Select(z => (z.Key, z.Value.Serial, z.Value.Text)));
    }

    private static ZoneFileState Of(string text, uint? serial) => new(There)
    {
        Serial = serial,
        Sha256WithoutSerial = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
            string.Concat(text.Split('\n').SkipLast(1).Where(l => !l.EndsWith(ZoneText.SerialMark, StringComparison.Ordinal)).Select(l => l + "\n"))))),
        Text = text,
    };
}
