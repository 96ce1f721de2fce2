using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Converge.Docs.Tests.Modules;

/// <summary>docs/modules says what the docstrings say.</summary>
public sealed class ModulePageTests
{
    private static readonly Documentation _documentation = Documentation.Of(typeof(Converge.Modules.File).Assembly);

    public static TheoryData<string> Subjects => [.. Subject.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void The_page_of_a_subject_is_made_from_its_docstrings(string name)
    {
        var subject = new Subject(name);
        var path = Repository.PathOf(subject.Page);
        var existing = File.Exists(path) ? File.ReadAllText(path) : $"# {name}\n";

        var page = new ModulePage(subject, _documentation).Text(existing);

        if (page != existing && Accepting)
        {
            File.WriteAllText(path, page);
            return;
        }

        Assert.True(page == existing, $"{subject.Page} differs from the docstrings. Run this test with CONVERGE_ACCEPT_SNAPSHOTS=1 and review the difference in git.");
    }

    [Fact]
    public void Every_page_has_a_subject()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs/modules"), "*.md").Select(p => $"docs/modules/{Path.GetFileName(p)}");

        Assert.Empty(pages.Except(Subject.All.Select(s => s.Page)));
    }

    [Fact]
    public void Every_resource_has_an_example() =>
        Assert.Empty(Subject.All.SelectMany(s => s.Resources).Where(r => _documentation.Example(r) is null).Select(r => r.Name));

    [Fact]
    public void Everything_that_a_script_writes_says_what_it_is_for() =>
        Assert.Equal("", string.Join('\n', Subject.All.SelectMany(s => s.Resources.Concat(s.Parts)).SelectMany(Silent)));

    private static bool Accepting =>
        Environment.GetEnvironmentVariable("CONVERGE_ACCEPT_SNAPSHOTS") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    private static IEnumerable<string> Silent(Type type)
    {
        if (_documentation.Summary(type).Length == 0)
        {
            yield return type.Name;
        }

        IEnumerable<MemberInfo> silent = type.IsEnum
            ? Members.Values(type).Where(f => _documentation.Summary(f).Length == 0)
            : [.. Members.Properties(type).Where(p => _documentation.Property(p).Length == 0), .. Members.Calls(type).Where(m => _documentation.Summary(m).Length == 0)];
        foreach (var member in silent)
        {
            yield return $"{type.Name}.{member.Name}";
        }
    }
}
