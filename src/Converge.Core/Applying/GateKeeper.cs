using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Converge.Probing;

namespace Converge.Applying;

/// <summary>Asks gates until they hold, or have failed.</summary>
/// <param name="run">Runs a step on a host and gives its exit code and its words.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Told how each gate ended.</param>
internal sealed class GateKeeper(Func<Host, Step, CancellationToken, Task<Answer?>> run, TimeProvider time, Action<RunEvent> tell)
{
    private static readonly TimeSpan _perAttempt = TimeSpan.FromSeconds(5);

    // curl is not everywhere, and sh has no sockets; bash is on every Debian. Prints the status, or nothing.
    private const string Http = """
        if command -v curl >/dev/null; then exec curl -s -o /dev/null -m 5 -w '%{http_code}' -- "$1"; fi
        exec timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$3" "$1" >&3 && read -r _ code _ <&3 && printf %s "$code"' bash "$2" "$3" "$4"
        """;

    private const string Tcp = "exec timeout 5 bash -c 'exec 3<>\"/dev/tcp/$1/$2\"' bash \"$1\" \"$2\"";

    /// <summary>Null: all hold; else which did not, and why.</summary>
    public async Task<string?> PassAsync(IReadOnlyList<Gate> gates, IReadOnlyList<Host> members, CancellationToken ct)
    {
        foreach (var gate in gates)
        {
            foreach (var (check, from) in gate.For(members))
            {
                var why = await TryAsync(gate, check, from, ct).ConfigureAwait(false);
                if (ct.IsCancellationRequested)
                {
                    return null;
                }

                var name = $"gate {Redaction.Clean(check.ToString()!)}{(from is null ? "" : $" from {from.Name}")}";
                tell(new GateAsked(members[0], name, why));
                if (why is not null)
                {
                    return $"{name} failed: {why}";
                }
            }
        }

        return null;
    }

    private async Task<string?> TryAsync(Gate gate, GateCheck check, Host? from, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var why = await AskAsync(check, from, ct).ConfigureAwait(false);
            if (why is null || attempt == gate.Attempts || ct.IsCancellationRequested || time.GetElapsedTime(start) + gate.Interval > gate.Deadline)
            {
                return why;
            }

            await Task.Delay(gate.Interval, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> AskAsync(GateCheck check, Host? from, CancellationToken ct)
    {
        try
        {
            return (check, from) switch
            {
                (HttpCheck http, null) => await AskHttpAsync(http, ct).ConfigureAwait(false),
                (TcpCheck tcp, null) => await ConnectAsync(tcp, ct).ConfigureAwait(false),
                (HttpCheck http, _) => await AskHttpFromAsync(http, from, ct).ConfigureAwait(false),
                (TcpCheck tcp, _) => Said(await run(from, new RunProgram("sh", ["-c", Tcp, "sh", tcp.Address, $"{tcp.Port}"]), ct).ConfigureAwait(false), "no connection"),
                (CommandCheck command, not null) => Said(await run(from, new RunProgram(command.Program, command.Arguments), ct).ConfigureAwait(false), null),
                _ => throw new InvalidOperationException($"{check} has no host to run on"),
            };
        }
        catch (OperationCanceledException)
        {
            return "the run was stopped";
        }
        catch (HostUnreachableException e)
        {
            return Redaction.Clean(e.Message);
        }
    }

    private async Task<string?> AskHttpAsync(HttpCheck check, CancellationToken ct)
    {
        var target = ProbeTarget.Parse(check.Url) with { Statuses = check.Statuses, Timeout = _perAttempt };
        await using var prober = new HttpProber(target, time, new StepTimeline(time));
        return await prober.TryAsync(ct).ConfigureAwait(false);
    }

    private async Task<string?> AskHttpFromAsync(HttpCheck check, Host from, CancellationToken ct)
    {
        var target = ProbeTarget.Parse(check.Url) with { Statuses = check.Statuses };
        var url = target.Url;
        var answer = await run(from, new RunProgram("sh", ["-c", Http, "sh", url.AbsoluteUri, url.Host, $"{url.Port}", url.PathAndQuery]), ct).ConfigureAwait(false);
        return !int.TryParse(answer?.Text, out var status) || status == 0 ? "no answer" : target.Accepts(status) ? null : $"answered {status}";
    }

    private static string? Said(Answer? answer, string? words) => answer switch
    {
        { ExitCode: 0 } => null,
        null => "it did not end in time",
        _ => words ?? $"exit code {answer.ExitCode}{(answer.Error.Trim() is { Length: > 0 } error ? $", {Redaction.Clean(error)}" : "")}",
    };

    private async Task<string?> ConnectAsync(TcpCheck check, CancellationToken ct)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(_perAttempt, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await client.ConnectAsync(check.Address, check.Port, both.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "no connection within 5 s";
        }
    }
}
