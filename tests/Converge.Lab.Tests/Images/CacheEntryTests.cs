using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Lab.Tests;

public sealed class CacheEntryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("converge-cache-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Another_recipe_is_another_entry()
    {
        Assert.Equal(CacheEntry.Name("sid", ["a", "b"]), CacheEntry.Name("sid", ["a", "b"]));
        Assert.NotEqual(CacheEntry.Name("sid", ["a", "b"]), CacheEntry.Name("sid", ["ab"]));
        Assert.Matches("^sid-[0-9a-f]{12}$", CacheEntry.Name("sid", []));
    }

    [Fact]
    public async Task An_entry_is_built_once_however_many_ask()
    {
        var builds = 0;
        var path = Path.Combine(folder, "entry");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CacheEntry.EnsureAsync(
            path,
            async partial =>
            {
                builds++;
                await File.WriteAllTextAsync(Path.Combine(partial, "file"), "done", TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(1, builds);
        Assert.Equal("done", await File.ReadAllTextAsync(Path.Combine(path, "file"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failed_build_leaves_no_entry_and_no_rest_in_the_next()
    {
        var ct = TestContext.Current.CancellationToken;
        var path = Path.Combine(folder, "entry");

        await Assert.ThrowsAsync<LabException>(() => CacheEntry.EnsureAsync(
            path,
            partial =>
            {
                File.WriteAllText(Path.Combine(partial, "half"), "");
                throw new LabException("the mirror went away");
            },
            ct));
        await CacheEntry.EnsureAsync(path, _ => Task.CompletedTask, ct);

        Assert.Empty(Directory.GetFileSystemEntries(path));
    }
}
