using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Waits until a host that was switched on is of use.</summary>
internal static class BootWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Until sshd answers and systemd has finished its boot; before that, pam_nologin turns users away.</summary>
    /// <exception cref="LabException">The host died, or was not there within 60 s; with the last lines of its console.</exception>
    public static async Task WaitAsync(Machine machine, IProgress<string>? progress, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (!await machine.AnswersSshAsync(ct).ConfigureAwait(false))
        {
            if (!machine.Alive)
                throw Failed(machine, "died while it booted");
            if (time.GetElapsedTime(started) > Deadline)
                throw Failed(machine, $"does not answer on {machine.Host.Address}:22 after {Deadline.TotalSeconds:0} s");
            await Task.Delay(Pause, time, ct).ConfigureAwait(false);
        }

        var state = await AskAsync(machine, ["systemctl", "is-system-running", "--wait"], ct).ConfigureAwait(false);
        var failed = state == "running"
            ? ""
            : $", but {state}: {await AskAsync(machine, ["systemctl", "--failed", "--plain", "--no-legend", "--no-pager"], ct).ConfigureAwait(false)}";
        progress?.Report($"{machine.Host.Name}: up after {time.GetElapsedTime(started).TotalSeconds:0.0} s{failed}");
    }

    private static async Task<string> AskAsync(Machine machine, string[] command, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Deadline);
        try
        {
            return (await Tool.TryAsync(machine.Inside(command), limit.Token).ConfigureAwait(false)).Output.Trim();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed(machine, $"has not finished its boot after {Deadline.TotalSeconds:0} s");
        }
    }

    private static LabException Failed(Machine machine, string what) =>
        new($"{machine.Host.Name} {what}. The last lines of its console, {machine.Console.Path}:\n{machine.Console.LastLines(15)}");
}
