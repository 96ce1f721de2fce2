using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Graph;
using Converge.Modules.Tests.Laws;
using Converge.Sessions;
using Converge.Testing;
using CsCheck;

namespace Converge.Modules.Tests.Fuzzing;

/// <summary>A target that answers the questions of every resource with nonsense.</summary>
public sealed class AnswerFuzzTests
{
    private static readonly Gen<string> _text = Gen.OneOf<string>(
        Gen.OneOf<string>(
            "path", "stat", "sum", "link", "base64", "orphan", "unit", "user", "group", "package", "version", "status", "exists", "yes", "no", "-", "=", ":", "\t", "\n", "\n", " ", " ", "0", "1", "2", "-1", "99999999999999999999", "81a4", "root:root",
            "/etc/x", "/etc/app.conf", "app", "haproxy", "LoadState=loaded", "ActiveState", "\0", "{", "}", "[", "]", "\"", "\\", "é", "AAAA", "===", "install ok installed", "NULL", "0000-00-00", "now", "facts").Array[0, 30].Select(string.Concat),
        Gen.String);

    private static readonly Gen<Answer> _answer = Gen.Select(_text, _text, Gen.Int[0, 255]).Select((output, error, code) => Answer.FromText(output, error, code));

    public static TheoryData<string> Resources => [.. ResourceExamples.All.Keys];

    [Theory]
    [MemberData(nameof(Resources))]
    public Task An_answer_that_makes_no_sense_fails_its_resource_and_nothing_else(string example)
    {
        var law = ResourceExamples.All[example];
        var resource = (PrimitiveResource)law.GetType().GetProperty("Resource")!.GetValue(law)!;
        return Gen.Select(_answer, _answer).SampleAsync(
            async (first, second) =>
            {
                var fleet = new Fleet();
                fleet.Host("web").Add(resource);
                var hosts = new InMemoryConnector();
                var asked = 0;
                hosts["web"].Intercept = (item, _) => Task.FromResult<ItemResult?>(item switch
                {
                    QuestionItem { Question.Name: "facts" } => null,
                    QuestionItem => new ItemResult(asked++ % 2 == 0 ? first : second),
                    _ => new ItemResult(InMemoryHost.Success),
                });

                await using var run = new FleetRun(FleetGraph.Build(fleet), hosts);
                var plan = await run.PlanAsync(TestContext.Current.CancellationToken);
                var report = await run.ApplyAsync(plan, TestContext.Current.CancellationToken);

                Assert.Single(plan.Hosts, h => h.Failure is null);
                Assert.Single(report.Resources);
            },
            iter: 150);
    }

    [Fact]
    public Task Facts_that_make_no_sense_fail_their_host_and_say_so() => _answer.SampleAsync(
        async answer =>
        {
            var fleet = new Fleet();
            fleet.Host("web").Add(new File("/etc/x") { Absent = true });
            var hosts = new InMemoryConnector();
            hosts["web"].Intercept = (_, _) => Task.FromResult<ItemResult?>(new ItemResult(answer));

            await using var run = new FleetRun(FleetGraph.Build(fleet), hosts);
            var plan = await run.PlanAsync(TestContext.Current.CancellationToken);

            Assert.Single(plan.Hosts);
        },
        iter: 1000);
}
