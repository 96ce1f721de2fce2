using System;
using System.Linq;
using System.Reflection;

namespace Converge.Cli.Tests;

/// <summary>Arrows point down: which part may know which.</summary>
public sealed class LayeringTests
{
    [Theory]
    [InlineData("Converge.Core")]
    [InlineData("Converge.Lab")]
    [InlineData("Converge.Modules", "Converge.Core")]
    [InlineData("Converge.Dsl", "Converge.Core", "Converge.Modules")]
    [InlineData("Converge.Testing", "Converge.Core", "Converge.Dsl", "Converge.Modules")]
    public void A_part_knows_only_what_is_below_it(string part, params string[] below)
    {
        var known = Assembly.Load(part).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Converge", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(known.Except(below));
    }

    [Theory]
    [InlineData("Converge.Core", "Spectre.Console")]
    [InlineData("Converge.Core", "System.CommandLine")]
    [InlineData("Converge.Core", "Microsoft.CodeAnalysis")]
    [InlineData("Converge.Modules", "Renci.SshNet")]
    [InlineData("Converge.Modules", "System.Diagnostics.Process")]
    [InlineData("Converge.Dsl", "Renci.SshNet")]
    public void A_part_does_without(string part, string library)
    {
        var known = Assembly.Load(part).GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(library, known);
    }
}
