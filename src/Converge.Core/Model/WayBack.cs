using System;
using System.Globalization;

namespace Converge;

/// <summary>
/// How a host gets back to what was when a change may cut us off from it (a packet filter, sshd, the network). Before the change's first step
/// the host keeps what is and starts a timer; unless a new connection, with a new login, confirms the change in time, the host puts back by itself
/// what was, and the run reports that as the resource's failure.
/// </summary>
/// <param name="Name">What is kept; one word or a few, unique on the host: <c>nft table inet converge</c>.</param>
/// <param name="Keep">
/// Shell text, run by root in an empty folder that is not readable to others: writes there what is needed to put it back. Never secrets in the
/// text itself; what is variable goes through <see cref="ShellQuote.Word"/>.
/// </param>
/// <param name="PutBack">Shell text, run in the same folder; must work without anybody connected.</param>
public sealed record WayBack(string Name, string Keep, string PutBack)
{
    /// <summary>From the change's first step to the time when it is put back. In whole seconds. Default: 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the change takes to show after it was made or taken in: a new connection is not tried before. Less than <see cref="Patience"/>. Default: not at all.</summary>
    public TimeSpan Settling { get; init; }

    /// <summary>
    /// The change tells only once what comes right after its resource on the host has taken it in (the service that reloads on a file): it is then
    /// that a new connection is tried. Default: at once.
    /// </summary>
    public bool UntilTakenIn { get; init; }

    /// <summary>The step that goes before those of the change.</summary>
    internal RunProgram Arm => Step("arm", Seconds, Keep, PutBack) with
    {
        Shown = ["arm-way-back", Name, $"{Seconds}s"],
        UndoneBy = Now,
    };

    /// <summary>The change stays. Exit code 1: too late, it was put back.</summary>
    internal RunProgram Confirm => Step("confirm");

    /// <summary>Puts back now what was.</summary>
    internal RunProgram Now => Step("now");

    /// <summary>Returns when what was is put back.</summary>
    internal RunProgram Await => Step("await") with { Deadline = Patience + TimeSpan.FromMinutes(1) };

    private string Seconds => Math.Ceiling(Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private RunProgram Step(string verb, params string[] more) =>
        new("sh", ["-c", WayBackScript.Text, "sh", verb, Name, .. more]) { Shown = [$"{verb}-way-back", Name], Deadline = TimeSpan.FromMinutes(1) };
}
