using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Lab;

namespace Converge.Acceptance.BadInput;

/// <summary>Two hosts, <c>one</c> and <c>two</c>, for all tests of what goes wrong on a host.</summary>
[CollectionDefinition(nameof(BadInputLab))]
public sealed class BadInputLab : ICollectionFixture<BadInputLab>, IAsyncLifetime
{
    public const string One = "10.78.9.11";
    public const string Two = "10.78.9.12";
    public const string Nobody = "10.78.9.99";

    private readonly RehearsalLab _lab = new(LabFile.Parse("""
        { "name": "test-bad", "controller": "10.78.9.1/24", "hosts": [ { "name": "one", "address": "10.78.9.11" }, { "name": "two", "address": "10.78.9.12" } ] }
        """, "lab.json") with { Packages = LabFile.Load(Path.Combine(Repository.Root, "examples/foobar/lab.json")).Packages });

    private FileStream? _turn;
    private LabStatus? _status;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What an operator has to reach the hosts. Skips the test where there can be none.</summary>
    internal LabStatus Status
    {
        get
        {
            Assert.SkipWhen(_status is null, LabTools.WhyNot() ?? "the lab is not up");
            return _status;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (LabTools.WhyNot() is not null)
            return;
        _turn = await LabTurn.TakeAsync(Ct);
        _status = await _lab.UpAsync(null, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn is null)
            return;
        await _lab.DownAsync(CancellationToken.None);
        await _turn.DisposeAsync();
    }

    /// <summary>Applies a script, with the ssh_config beside it if it has one, else with the lab's; it must end with this exit code.</summary>
    internal async Task<ProgramRun> ApplyAsync(BadScript script, int exitCode, params string[] options)
    {
        var config = File.Exists(script.PathOf("ssh_config")) ? "ssh_config" : Status.SshConfig!;
        return (await script.RunAsync("apply", ["--yes", "--no-diff", "--ssh-config", config, .. options], Ct)).EndedWith(exitCode);
    }

    /// <summary>Runs a shell text on a host as root, without SSH; it must succeed.</summary>
    internal async Task<string> OnAsync(string host, string shell)
    {
        _ = Status;
        var result = await _lab.CaptureAsync(host, ["sh", "-euc", shell], Ct);
        Assert.True(result.ExitCode == 0, $"{shell}\n{result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>Nothing that a run needed on the way is there any more.</summary>
    internal async Task NothingIsLeftAsync(string host) => Assert.Equal("", await OnAsync(host,
        "find /etc /srv /run /var/tmp /var/lib/converge -name '.*.converge.*' -o -name 'converge.*' -o -name '*.converge-new' 2>/dev/null || true"));
}
