using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Converge.Testing.Tests;

public sealed class ResourceLawsTests
{
    private static readonly Secret Password = Secret.FromValue("DOOR", "open-sesame-42");

    private static LawExample<string> Example(Func<string, IEnumerable<Change>> diff) =>
        new(new Door(diff), "closed", "open", "broken") { Secrets = [Password] };

    private static Change Close(string from) => new("position", from, "closed") { Steps = [new RunProgram("close", ["--quietly"])] };

    [Fact]
    public void A_resource_that_keeps_the_laws_passes() =>
        ResourceLaws.Check(Example(state => state == "closed" ? [] : [Close(state)]));

    [Fact]
    public async Task Every_broken_law_is_named()
    {
        var turn = 0;
        var example = Example(state =>
        [
            Close(state) with { To = $"turn {turn++}", Reason = $"by {Password.Reveal()}", Undecided = true },
        ]);

        var failure = Assert.Throws<LawException>(() => ResourceLaws.Check(example));

        await Verifier.Verify(failure.Message);
    }

    [Fact]
    public void A_secret_in_an_argument_is_found()
    {
        var example = Example(state => state == "closed" ? [] : [Close(state) with { Steps = [new RunProgram("close", ["--key=" + Password.Reveal()])] }]);

        var failure = Assert.Throws<LawException>(() => ResourceLaws.Check(example));

        Assert.Contains("secret DOOR shows in: --key=«secret DOOR»", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_without_a_change_or_without_a_step_is_found()
    {
        var failure = Assert.Throws<LawException>(() => ResourceLaws.Check(Example(state => state == "open" ? [new Change("position", "open", "closed")] : [])));

        Assert.Contains("the changes for open have no step at all", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the drifted state broken must give a change", failure.Message, StringComparison.Ordinal);
    }

    private sealed record Door(Func<string, IEnumerable<Change>> Changes) : Resource<string>
    {
        public override string Kind => "door";

        public override string Name => "front";

        public override Query<string> Query => Converge.Query.Known("closed");

        public override IEnumerable<Change> Diff(string state, DiffContext context) => Changes(state);
    }
}
