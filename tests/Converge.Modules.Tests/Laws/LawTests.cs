using System;
using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests.Laws;

public sealed class LawTests
{
    private static readonly Type[] Types = [.. typeof(File).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Resource)))];

    public static TheoryData<string> Resources => [.. ResourceExamples.All.Keys];

    public static TheoryData<string> Composites => [.. CompositeExamples.All.Keys];

    [Fact]
    public void Every_resource_has_an_example()
    {
        var resources = Types.Where(t => t.IsAssignableTo(typeof(PrimitiveResource))).Select(t => t.Name);

        Assert.Empty(resources.Except(ResourceExamples.All.Values.Select(e => e.ResourceType.Name)));
    }

    [Fact]
    public void Every_composite_has_an_example()
    {
        var composites = Types.Where(t => t.IsAssignableTo(typeof(Composite)) && t.IsPublic).Select(t => t.Name);

        Assert.Empty(composites.Except(CompositeExamples.All.Keys));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_resource_keeps_the_laws(string example) => ResourceLaws.Check(ResourceExamples.All[example]);

    [Theory]
    [MemberData(nameof(Composites))]
    public void A_composite_keeps_the_laws(string example) => FleetLaws.Check(CompositeExamples.All[example], CompositeExamples.Password);
}
