using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class NftTableTests
{
    private const string RulesFile = "/etc/converge/firewall.nft";

    private static readonly NftTable Table = new("inet", "converge", RulesFile);
    private static readonly NftTableState Loaded = new("table inet converge {\n}", "table inet converge {\n}");
    private static readonly NftTableState Flushed = Loaded with { Live = "table inet converge {\n\tchain input {\n\t}\n}" };
    private static readonly NftTableState Gone = Loaded with { Live = null };

    [Fact]
    public void It_keeps_the_laws() => ResourceLaws.Check(new LawExample<NftTableState>(Table, Loaded, Flushed, Gone, NftTableState.Missing));

    [Theory]
    [InlineData("loaded", "")]
    [InlineData("flushed", "rules: not as in /etc/converge/firewall.nft → as in /etc/converge/firewall.nft (runtime) [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    [InlineData("gone", "table: none → loaded (runtime) [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    [InlineData("missing", "table: none → loaded (runtime) [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    public void Live_rules_that_are_not_those_of_the_file_are_replaced(string state, string expected) =>
        Assert.Equal(expected, Text(state));

    [Theory]
    [InlineData("loaded", "rules: as in the old file → as in the new file (runtime) because /etc/converge/firewall.nft changes [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    [InlineData("flushed", "rules: perhaps as in /etc/converge/firewall.nft, decided after file /etc/converge/firewall.nft on host")]
    [InlineData("gone", "table: none → loaded (runtime) [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    [InlineData("missing", "table: none → loaded (runtime) [arm-way-back 'nft table inet converge' 30s; nft -f /etc/converge/firewall.nft; nft -s list table inet converge]")]
    [InlineData("unable", "rules: perhaps as in /etc/converge/firewall.nft, decided after file /etc/converge/firewall.nft on host")]
    public void Below_a_file_that_changes_a_plan_says_what_can_be_known(string state, string expected) =>
        Assert.Equal(expected, Text(state, "package nftables", $"file {RulesFile}"));

    [Fact]
    public void Rules_that_cannot_be_compared_are_a_failure_and_never_taken_for_good()
    {
        var failure = Assert.Throws<ProbeException>(() => Text("unable"));

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
    public void The_question_sees_a_rule_that_was_added_by_hand()
    {
        RealTool.RequireIsolated("nft");
        using var folder = new TemporaryFolder();
        var file = folder["rules.nft"];
        System.IO.File.WriteAllText(file, "table inet converge\ndelete table inet converge\ntable inet converge {\n\tchain input {\n\t}\n}\n");

        var good = AskAfter("nft -f \"$3\"");
        var bad = AskAfter("nft -f \"$3\" && nft add rule inet converge input tcp dport 23 accept");

        Assert.Equal(good.InFile, good.Live);
        Assert.Equal(good.InFile, bad.InFile);
        Assert.Contains("tcp dport 23 accept", bad.Live);

        // As recorded after the load, and a rule added after that.
        var record = string.Join(' ', NftTableState.Record("inet", "converge", file).Arguments.Select(ShellQuote.Word).Prepend("sh"));
        var sandbox = $"mount -t tmpfs none /var/lib || exit; nft -f \"$3\" && {record}";
        var known = AskAfter(sandbox, "-nm");
        var changed = AskAfter($"{sandbox} && nft add rule inet converge input tcp dport 23 accept", "-nm");

        Assert.Equal(known.InFile, known.Live);
        Assert.Contains("tcp dport 23 accept", changed.Live);
        Assert.Equal(good.InFile, changed.InFile);

        NftTableState AskAfter(string commands, string namespaces = "-n") =>
            NftTableState.Question.Read(Shell.Run("unshare", [namespaces, "sh", "-c", $"{commands}\n{NftTableState.Question.Script}", "sh", "inet", "converge", file]))[("inet", "converge", file)];
    }

    private static NftTableState Read(string fixture) =>
        NftTableState.Question.Read(Fixture.Read(fixture))[("inet", "converge", "/tmp/fw.nft")];

    private static string Text(string state, params string[] pending) => Describe.Diff(Table, state switch
    {
        "loaded" => Loaded,
        "flushed" => Flushed,
        "gone" => Gone,
        "missing" => NftTableState.Missing,
        _ => Loaded with { InFile = null, Unable = "unshare: unshare failed: Operation not permitted" },
    }, pending);
}
