using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Lab;

namespace Converge.Bench.Hosts;

/// <summary>A lab that lives as long as this object.</summary>
internal sealed class BenchLab : IAsyncDisposable
{
    private readonly RehearsalLab _lab;
    private readonly LabStatus _status;

    private BenchLab(LabFile file, RehearsalLab lab, LabStatus status) => (File, _lab, _status) = (file, lab, status);

    public LabFile File { get; }

    public string SshConfig => _status.SshConfig!;

    public string KnownHosts => _status.KnownHosts!;

    public string IdentityFile => _status.IdentityFile!;

    /// <summary>What this machine has sent to the hosts since they are up, with all headers, by the kernel's count.</summary>
    public long SentBytes => long.Parse(System.IO.File.ReadAllText($"/sys/class/net/{_status.Link}/statistics/tx_bytes"));

    public IReadOnlyList<string> Hosts => [.. _status.Hosts.Select(h => h.Name)];

    /// <summary>Reads a lab file and puts it on a subnet of ours, under a name of ours, so that a lab of the user may be up at the same time.</summary>
    public static LabFile Load(string path, string name, string from, string to) =>
        LabFile.Parse(System.IO.File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal), path) with { Name = name };

    /// <summary>Fresh hosts. What an earlier run may have left under this name is taken down first.</summary>
    /// <exception cref="BenchException">There can be no lab on this machine, or it did not come up.</exception>
    public static async Task<BenchLab> UpAsync(LabFile file, Action<string> say, CancellationToken ct)
    {
        var lab = new RehearsalLab(file);
        try
        {
            await lab.DownAsync(ct).ConfigureAwait(false);
            return new BenchLab(file, lab, await lab.UpAsync(new Progress<string>(say), ct).ConfigureAwait(false));
        }
        catch (LabException e)
        {
            await DownAsync(lab, e).ConfigureAwait(false);
            throw new BenchException($"lab {file.Name}: {e.Message}", e);
        }
        catch (OperationCanceledException e)
        {
            await DownAsync(lab, e).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a shell text as root on each of these hosts, side by side, without SSH.</summary>
    /// <exception cref="BenchException">It failed somewhere.</exception>
    public Task OnAsync(IEnumerable<string> hosts, string shellText, CancellationToken ct) => Task.WhenAll(hosts.Select(async host =>
    {
        var result = await _lab.CaptureAsync(host, ["sh", "-c", shellText], ct).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new BenchException($"{host}: {shellText}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
        }
    }));

    /// <summary>The names of the hosts, one a line, for <see cref="ParallelSsh"/>.</summary>
    public async Task<string> HostListAsync(string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, $"{File.Name}.hosts");
        await System.IO.File.WriteAllLinesAsync(path, Hosts, ct).ConfigureAwait(false);
        return path;
    }

    public async ValueTask DisposeAsync() => await _lab.DownAsync(CancellationToken.None).ConfigureAwait(false);

    private static async Task DownAsync(RehearsalLab lab, Exception because)
    {
        try
        {
            await lab.DownAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            throw new BenchException($"{because.Message}\nand then: {e.Message}", e);
        }
    }
}
