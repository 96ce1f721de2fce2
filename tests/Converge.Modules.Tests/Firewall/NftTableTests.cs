using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class NftTableTests
{
    private const string RulesFile = "/etc/converge/firewall.nft";

    private static readonly NftTable Table = new("inet", "converge", RulesFile);
    private static readonly NftTableState Loaded = new("table inet converge {\n}", "table inet converge {\n}");
    private static readonly NftTableState Flushed = Loaded with { Live = "table inet converge {\n\tchain input {\n\t}\n}" };
    private static readonly NftTableState Gone = Loaded with { Live = null };
    private static readonly ResourceId File = new("web1", "file", RulesFile);
    private static readonly ResourceId Package = new("web1", "package", "nftables");

    [Fact]
    public void It_keeps_the_laws() => ResourceLaws.Check(new LawExample<NftTableState>(Table, Loaded, Flushed, Gone, NftTableState.Missing));

    [Theory]
    [InlineData("loaded", "")]
    [InlineData("flushed", "rules: not as in /etc/converge/firewall.nft → as in /etc/converge/firewall.nft (Runtime): nft -f /etc/converge/firewall.nft")]
    [InlineData("gone", "table: none → loaded (Runtime): nft -f /etc/converge/firewall.nft")]
    [InlineData("missing", "table: none → loaded (Runtime): nft -f /etc/converge/firewall.nft")]
    public void Live_rules_that_are_not_those_of_the_file_are_replaced(string state, string expected) =>
        Assert.Equal(expected, Text(state, DiffContext.Settled(new HostFacts())));

    [Theory]
    [InlineData("loaded", "rules: as in the old file → as in the new file (Runtime): nft -f /etc/converge/firewall.nft")]
    [InlineData("flushed", "rules: none → as in /etc/converge/firewall.nft (None), decided after file /etc/converge/firewall.nft on web1")]
    [InlineData("gone", "table: none → loaded (Runtime): nft -f /etc/converge/firewall.nft")]
    [InlineData("missing", "table: none → loaded (Runtime): nft -f /etc/converge/firewall.nft")]
    [InlineData("unable", "rules: none → as in /etc/converge/firewall.nft (None), decided after file /etc/converge/firewall.nft on web1")]
    public void Below_a_file_that_changes_a_plan_says_what_can_be_known(string state, string expected) =>
        Assert.Equal(expected, Text(state, new DiffContext(new HostFacts(), [Package, File])));

    [Fact]
    public void Rules_that_cannot_be_compared_are_a_failure_and_never_taken_for_good()
    {
        var failure = Assert.Throws<ProbeException>(() => Text("unable", DiffContext.Settled(new HostFacts())));

        Assert.Equal("the live rules cannot be compared with /etc/converge/firewall.nft: unshare: unshare failed: Operation not permitted", failure.Message);
    }

    [Theory]
    [InlineData("bookworm-loaded.txt", true)]
    [InlineData("trixie-loaded.txt", true)]
    [InlineData("sid-loaded.txt", true)]
    [InlineData("bookworm-rule-deleted.txt", false)]
    [InlineData("sid-rule-added.txt", false)]
    public void What_nft_lists_of_a_loaded_file_equals_what_the_kernel_has(string fixture, bool equal)
    {
        var state = Read(fixture);

        Assert.StartsWith("table inet converge {\n\tchain input {\n", state.Live);
        Assert.Equal(equal, state.Live == state.InFile);
    }

    [Fact]
    public void A_file_that_nft_refuses_is_told_from_a_missing_one()
    {
        Assert.Contains("syntax error", Read("bookworm-broken-file.txt").Unable);
        Assert.Null(Read("bookworm-no-file.txt").Unable);
        Assert.Null(Read("bookworm-no-file.txt").InFile);
        Assert.Null(Read("bookworm-nothing-loaded.txt").Live);
    }

    [Fact]
    public void Without_nft_there_is_no_table() => Assert.Empty(NftTableState.Question.Read(Answer.FromText("")));

    [Fact]
    public async Task The_question_sees_a_rule_that_was_added_by_hand()
    {
        RealTool.RequireIsolated("nft");
        var file = Path.Combine(System.IO.Directory.CreateTempSubdirectory("nft-").FullName, "rules.nft");
        await System.IO.File.WriteAllTextAsync(file, Ruleset.Render([], [Cidr.Parse("10.77.0.0/24")], 22, []).ToString().Replace("‹SSH from the controller›", "", StringComparison.Ordinal).Replace("‹SSH port›", "22", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var sh = RealTool.Require("unshare", "-n", "sh", "-c");

        var (_, loaded) = await sh.RunAsync("nft -f \"$3\"\n" + NftTableState.Question.Script, "sh", "inet", "converge", file);
        var (_, drifted) = await sh.RunAsync("nft -f \"$3\"; nft add rule inet converge input tcp dport 23 accept\n" + NftTableState.Question.Script, "sh", "inet", "converge", file);

        var (good, bad) = (Read(file, loaded), Read(file, drifted));
        Assert.Equal(good.InFile, good.Live);
        Assert.NotEqual(bad.InFile, bad.Live);
        Assert.Contains("tcp dport 23 accept", bad.Live);
    }

    private static NftTableState Read(string fixture) =>
        Read("/tmp/fw.nft", System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "Fixtures", fixture)));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static NftTableState Read(string file, string text) => NftTableState.Question.Read(Answer.FromText(text))[("inet", "converge", file)];

    private static string Text(string state, DiffContext context)
    {
        var observed = state switch
        {
            "loaded" => Loaded,
            "flushed" => Flushed,
            "gone" => Gone,
            "missing" => NftTableState.Missing,
            _ => Loaded with { InFile = null, Unable = "unshare: unshare failed: Operation not permitted" },
        };
        return string.Join('\n', Table.Diff(observed, context).Select(c =>
            $"{c.Property}: {c.From ?? "none"} → {c.To} ({c.Impact}){(c.Undecided ? $", decided after {c.Reason}" : $": {string.Join(" && ", c.Steps.Select(s => s.Describe()))}")}"));
    }
}
