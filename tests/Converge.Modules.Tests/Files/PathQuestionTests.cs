using System;
using System.Linq;
using System.Text;

namespace Converge.Modules.Tests.Files;

/// <summary>The shell text itself, run by this machine's sh.</summary>
public sealed class PathQuestionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> OddNames =>
    [
        "plain", "two words", " leading and trailing ", "line\nbreak", "\n", "-n", "--help", "quote'", "double\"", "$(touch pwned)", "`id`", "back\\slash",
        "*", "?", "größe-ß-日本", "a\tb", "%s%n", "${1}", ";ls", "name\n81a4 0 0 0 0 root:root", new string('x', 200),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(OddNames))]
    public void A_file_of_any_name_is_found(string name)
    {
        System.IO.File.WriteAllText(_folder[name], "hello");

        var state = Shell.Ask(PathQuestion.AskContent(_folder[name], "wanted"));

        Assert.Equal(PathKind.File, state.Kind);
        Assert.Equal(5, state.Size);
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", state.Sha256);
        Assert.Equal("hello", Encoding.UTF8.GetString(state.Content!.Value.Span));
        Assert.False(System.IO.File.Exists("pwned"));
    }

    [Fact]
    public void Many_files_of_odd_names_are_told_apart_in_one_run()
    {
        var names = OddNames.Select(row => row.Data).ToList();
        foreach (var name in names.Where((_, i) => i % 3 != 0))
        {
            System.IO.File.WriteAllText(_folder[name], name);
        }

        var states = Shell.Ask(Query.All(names.Select(n => PathQuestion.AskContent(_folder[n], "wanted"))));

        foreach (var (name, state, i) in names.Zip(states).Select((p, i) => (p.First, p.Second, i)))
        {
            Assert.Equal(i % 3 == 0 ? PathKind.Missing : PathKind.File, state.Kind);
            Assert.Equal(i % 3 == 0 ? null : name, state.Content is { } content ? Encoding.UTF8.GetString(content.Span) : null);
        }
    }

    [Fact]
    public void Content_comes_back_only_where_it_differs()
    {
        System.IO.File.WriteAllText(_folder["same"], "same");
        System.IO.File.WriteAllText(_folder["other"], "other");

        var same = Shell.Ask(PathQuestion.AskContent(_folder["same"], "same"));
        var other = Shell.Ask(PathQuestion.AskContent(_folder["other"], "same"));
        var hashOnly = Shell.Ask(PathQuestion.AskHash(_folder["other"]));
        var withFact = Shell.Ask(PathQuestion.AskContent(_folder["same"], Content.FromFact(new Fact("memory", f => $"{f.MemoryBytes}"))));

        Assert.Equal(((Content)"same").Sha256(null), same.Sha256);
        Assert.Null(same.Content);
        Assert.NotNull(other.Content);
        Assert.Equal(64, hashOnly.Sha256.Length);
        Assert.Null(hashOnly.Content);
        Assert.Equal("same", Encoding.UTF8.GetString(withFact.Content!.Value.Span));
    }

    [Fact]
    public void Bytes_of_every_value_come_back_as_they_are()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i), 0, 10, 13, 10];
        System.IO.File.WriteAllBytes(_folder["bytes"], bytes);
        System.IO.File.WriteAllText(_folder["empty"], "");

        var states = Shell.Ask(Query.All([PathQuestion.AskContent(_folder["bytes"], "x"), PathQuestion.AskContent(_folder["empty"], "x")]));

        Assert.Equal(bytes, states[0].Content!.Value.ToArray());
        Assert.Equal(0, states[1].Size);
        Assert.Empty(states[1].Content!.Value.ToArray());
    }

    [Fact]
    public void Content_of_a_large_file_stays_where_it_is()
    {
        System.IO.File.WriteAllBytes(_folder["large"], new byte[20 * 1024 * 1024]);

        var state = Shell.Ask(PathQuestion.AskContent(_folder["large"], "x"));

        Assert.Equal(20 * 1024 * 1024, state.Size);
        Assert.Equal(64, state.Sha256.Length);
        Assert.Null(state.Content);
    }

    [Fact]
    public void Kinds_modes_and_targets_are_read()
    {
        System.IO.File.WriteAllText(_folder["file"], "");
        Shell.Run("chmod", ["4750", _folder["file"]]);
        Shell.Run("mkdir", ["-m", "0700", _folder["folder"]]);
        System.IO.File.CreateSymbolicLink(_folder["link"], "no\nwhere\n");

        var states = Shell.Ask(Query.All(new[] { "file", "folder", "link", "none" }.Select(n => PathQuestion.Ask(_folder[n]))));

        Assert.Equal([PathKind.File, PathKind.Directory, PathKind.Symlink, PathKind.Missing], states.Select(s => s.Kind));
        Assert.Equal(Mode.Octal("4750"), states[0].Mode);
        Assert.Equal(Mode.Octal("0700"), states[1].Mode);
        Assert.Equal("no\nwhere\n", states[2].Target);
        Assert.Equal([false, true], new[] { "none", "no/file" }.Select(n => Shell.Ask(PathQuestion.Ask(_folder[n])).FolderMissing));
        Assert.False(Shell.Ask(PathQuestion.Ask("/no-such-file")).FolderMissing);
        Assert.Equal(PathKind.Other, Shell.Ask(PathQuestion.Ask("/dev/null")).Kind);
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_the_others_their_own_hash()
    {
        // /proc/self/mem is a regular file whose reading fails.
        System.IO.File.WriteAllText(_folder["a"], "a");
        System.IO.File.WriteAllText(_folder["z"], "z");

        var states = Shell.Ask(Query.All(new[] { _folder["a"], "/proc/self/mem", _folder["z"] }.Select(PathQuestion.AskHash)));

        Assert.Equal(((Content)"a").Sha256(null), states[0].Sha256);
        Assert.Equal("", states[1].Sha256);
        Assert.Equal(((Content)"z").Sha256(null), states[2].Sha256);
    }
}
