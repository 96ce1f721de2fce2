using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;

namespace Converge.Dsl.Tests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ScriptCacheTests : IDisposable
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ScriptFolder _folder = new();

    public ScriptCacheTests()
    {
        _folder["site.csx"] = "#load \"hosts.csx\"\nHost(Var(\"name\", \"db1\"));\n";
        _folder["hosts.csx"] = "#load \"more.csx\"\nHost(\"web1\");\n";
        _folder["more.csx"] = "";
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cached_script_runs_in_another_process_without_the_compiler()
    {
        var script = Path.Combine(_folder.Path, "site.csx");
        await _folder.LoadAsync();

        var answer = await ChildProcess.LoadAsync(script, _folder.Cache);

        Assert.Equal("web1 db1, compiled: False, compiler loaded: False", answer);
    }

    [Fact]
    public async Task Processes_that_compile_at_the_same_time_do_not_disturb_each_other()
    {
        var script = Path.Combine(_folder.Path, "site.csx");

        var answers = await Task.WhenAll(ChildProcess.LoadAsync(script, _folder.Cache), ChildProcess.LoadAsync(script, _folder.Cache));

        Assert.All(answers, answer => Assert.StartsWith("web1 db1, compiled: ", answer, StringComparison.Ordinal));
        Assert.Equal("web1 db1, compiled: False, compiler loaded: False", await ChildProcess.LoadAsync(script, _folder.Cache));
        Assert.Single(_folder.Entries);
    }

    [Fact]
    public async Task Another_value_of_a_variable_or_another_time_compiles_nothing()
    {
        await _folder.LoadAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "site.csx"), DateTime.UnixEpoch);

        var again = await _folder.LoadAsync(change: o => o with { Variables = new Dictionary<string, string> { ["name"] = "db2" } });

        Assert.False(again.Compiled);
        Assert.Equal("db2", again.Fleet.Hosts[1].Name);
    }

    [Theory]
    [InlineData("site.csx", "Host(\"x1\");")]
    [InlineData("hosts.csx", "Host(\"x1\");")]
    [InlineData("more.csx", "Host(\"x1\");")]
    public async Task An_edit_of_any_file_compiles_anew(string file, string text)
    {
        await _folder.LoadAsync();
        _folder[file] = text;

        var edited = await _folder.LoadAsync();

        Assert.True(edited.Compiled);
        Assert.Contains("x1", edited.Fleet.Hosts.Select(h => h.Name));
    }

    [Fact]
    public async Task A_file_that_appears_compiles_anew()
    {
        File.Delete(Path.Combine(_folder.Path, "more.csx"));
        await Assert.ThrowsAsync<ScriptException>(() => _folder.LoadAsync());
        _folder["more.csx"] = "Host(\"x1\");";

        var loaded = await _folder.LoadAsync();

        Assert.Equal("x1", loaded.Fleet.Hosts[0].Name);
    }

    [Fact]
    public async Task A_script_that_moves_compiles_anew_for_its_places()
    {
        await _folder.LoadAsync();
        _folder["elsewhere/site.csx"] = "#load \"hosts.csx\"\nHost(Var(\"name\", \"db1\"));\n";
        _folder["elsewhere/hosts.csx"] = "";

        var moved = await _folder.LoadAsync("elsewhere/site.csx");

        Assert.True(moved.Compiled);
        Assert.Equal(Path.Combine(_folder.Path, "elsewhere", "site.csx"), moved.Fleet.Hosts[0].DeclaredAt.File);
    }

    [Fact]
    public async Task Other_imports_or_references_compile_anew()
    {
        await _folder.LoadAsync();

        var imports = await _folder.LoadAsync(change: o => o with { Imports = ["System.Text"] });
        var references = await _folder.LoadAsync(change: o => o with { References = [typeof(ScriptCacheTests).Assembly] });

        Assert.True(imports.Compiled);
        Assert.True(references.Compiled);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("empty")]
    [InlineData("text")]
    public async Task A_damaged_entry_is_made_anew(string damage)
    {
        await _folder.LoadAsync();
        var entry = _folder.Entries.Single();
        var bytes = await File.ReadAllBytesAsync(entry, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(entry, damage switch { "cut" => bytes[..^10], "flipped" => bytes, "empty" => [], _ => "hello"u8.ToArray() }, TestContext.Current.CancellationToken);

        var loaded = await _folder.LoadAsync();

        Assert.True(loaded.Compiled);
        Assert.Equal(["compiling site.csx …", "the compiled form of site.csx is damaged: compiled anew", "compiling site.csx …"], _folder.Said);
        Assert.False((await _folder.LoadAsync()).Compiled);
    }

    [Fact]
    public async Task An_entry_of_another_script_is_not_taken_for_this_one()
    {
        await _folder.LoadAsync();
        var entry = _folder.Entries.Single();
        var impostor = await File.ReadAllBytesAsync(entry, TestContext.Current.CancellationToken);
        _folder["site.csx"] = "Host(\"other\");";
        await _folder.LoadAsync();
        await File.WriteAllBytesAsync(_folder.Entries.Single(e => e != entry), impostor, TestContext.Current.CancellationToken);

        var loaded = await _folder.LoadAsync();

        Assert.True(loaded.Compiled);
        Assert.Equal("other", loaded.Fleet.Hosts.Single().Name);
    }

    [Fact]
    public async Task The_cache_is_closed_to_others()
    {
        await _folder.LoadAsync();

        Assert.Equal(Closed, File.GetUnixFileMode(_folder.Cache));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Entries.Single()));
    }

    [Fact]
    public async Task A_cache_that_was_open_to_others_is_emptied_and_closed()
    {
        await _folder.LoadAsync();
        File.SetUnixFileMode(_folder.Cache, Closed | UnixFileMode.OtherWrite);

        var loaded = await _folder.LoadAsync();

        Assert.True(loaded.Compiled);
        Assert.Equal(Closed, File.GetUnixFileMode(_folder.Cache));
        Assert.Equal($"{_folder.Cache} was open to others: emptied and closed (mode 0700)", _folder.Said[1]);
    }

    [Fact]
    public async Task An_entry_that_is_open_to_others_is_not_used()
    {
        await _folder.LoadAsync();
        File.SetUnixFileMode(_folder.Entries.Single(), Closed | UnixFileMode.GroupWrite);

        var loaded = await _folder.LoadAsync();

        Assert.True(loaded.Compiled);
        Assert.Equal("the compiled form of site.csx belongs to somebody else or is open to others: not used, compiled anew", _folder.Said[1]);
    }

    [Fact]
    public async Task A_cache_of_somebody_else_is_neither_read_nor_written()
    {
        var foreign = await ForeignFolderAsync();

        var loaded = await _folder.LoadAsync(change: o => o with { CacheFolder = foreign });

        Assert.True(loaded.Compiled);
        Assert.Equal([$"{foreign} belongs to somebody else: compiled scripts are neither taken from it nor kept in it", "compiling site.csx …"], _folder.Said);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_costs_only_the_compilation()
    {
        await File.WriteAllTextAsync(_folder.Cache, "a file, no folder", TestContext.Current.CancellationToken);

        var loaded = await _folder.LoadAsync();

        Assert.Equal(2, loaded.Fleet.Hosts.Count);
        Assert.StartsWith("compiled scripts are not kept: ", _folder.Said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cache_nothing_is_kept()
    {
        var first = await _folder.LoadAsync(change: o => o with { CacheFolder = null });
        var second = await _folder.LoadAsync(change: o => o with { CacheFolder = null });

        Assert.True(first.Compiled && second.Compiled);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public async Task Old_entries_and_abandoned_files_make_room()
    {
        await _folder.LoadAsync();
        var kept = _folder.Entries.Single();
        for (var i = 0; i < 70; i++)
        {
            var old = Path.Combine(_folder.Cache, $"{i}.script");
            await File.WriteAllTextAsync(old, "", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch.AddSeconds(i));
        }

        var abandoned = Path.Combine(_folder.Cache, "x.tmp");
        await File.WriteAllTextAsync(abandoned, "", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(abandoned, DateTime.UnixEpoch);

        _folder["site.csx"] = "";
        await _folder.LoadAsync();

        Assert.Equal(64, _folder.Entries.Count);
        Assert.Contains(kept, _folder.Entries);
        Assert.DoesNotContain(abandoned, _folder.Entries);
        Assert.DoesNotContain(Path.Combine(_folder.Cache, "0.script"), _folder.Entries);
    }

    /// <summary>Root gives a folder away; anybody else finds one that belongs to root.</summary>
    private async Task<string> ForeignFolderAsync()
    {
        if (!Environment.IsPrivilegedProcess)
            return "/usr/share";

        Directory.CreateDirectory(_folder.Cache, Closed);
        using var chown = Process.Start("chown", ["65534", _folder.Cache]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _folder.Cache;
    }
}
