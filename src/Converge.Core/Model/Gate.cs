using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>What must hold after hosts were changed before the next ones are; where it does not, what was changed is undone.</summary>
/// <example>
/// <code>
/// Rolling(hosts, atOnce: 1, gates: [Gate.Http(host => $"http://{host.Address}:8000/health") with { Attempts = 5 }]);
/// </code>
/// </example>
public sealed record Gate
{
    private Gate(Func<Host, GateCheck> check, bool eachMember) => (Check, EachMember) = (check, eachMember);

    /// <summary>How often it is tried before it has failed, from 1. Default: 10.</summary>
    public int Attempts { get; init; } = 10;

    /// <summary>Between two attempts. Default: 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When it has failed, however many attempts are left. Default: 30 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The host that asks. Null: the machine that Converge runs on; a command runs on its own host.</summary>
    public Host? From { get; init; }

    /// <summary>Each host that was changed asks for itself: what a firewall hides from others.</summary>
    public bool FromMember { get; init; }

    /// <summary>A URL answers with one of these statuses; none given: with one below 400.</summary>
    public static Gate Http(string url, params IReadOnlyList<int> statuses) => new(_ => new HttpCheck(url, statuses), eachMember: false);

    /// <summary>A URL of each host that was changed answers so.</summary>
    public static Gate Http(Func<Host, string> url, params IReadOnlyList<int> statuses) => new(host => new HttpCheck(url(host), statuses), eachMember: true);

    /// <summary>A port accepts connections.</summary>
    public static Gate Tcp(Endpoint endpoint) => new(_ => new TcpCheck(endpoint.Host.Address, endpoint.Number), eachMember: false);

    /// <summary>A port of each host that was changed accepts connections.</summary>
    public static Gate Tcp(int port) => new(host => new TcpCheck(host.Address, port), eachMember: true);

    /// <summary>A program on this host ends with exit code 0.</summary>
    public static Gate Command(Host host, string program, params IReadOnlyList<string> arguments) =>
        new(_ => new CommandCheck(program, arguments), eachMember: false) { From = host };

    /// <summary>A program on each host that was changed ends with exit code 0.</summary>
    public static Gate Command(string program, params IReadOnlyList<string> arguments) =>
        new(_ => new CommandCheck(program, arguments), eachMember: true) { FromMember = true };

    internal Func<Host, GateCheck> Check { get; }

    internal bool EachMember { get; }

    /// <summary>Each check with who makes it; null: the machine that Converge runs on.</summary>
    internal IEnumerable<(GateCheck Check, Host? From)> For(IReadOnlyList<Host> members) =>
        members.Take(EachMember || FromMember ? members.Count : 1).Select(member => (Check(member), FromMember ? member : From));
}

/// <summary>What is asked.</summary>
internal abstract record GateCheck;

internal sealed record HttpCheck(string Url, IReadOnlyList<int> Statuses) : GateCheck
{
    public override string ToString() => Url;
}

internal sealed record TcpCheck(string Address, int Port) : GateCheck
{
    public override string ToString() => $"tcp {Address}:{Port}";
}

internal sealed record CommandCheck(string Program, IReadOnlyList<string> Arguments) : GateCheck
{
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(ShellQuote.ForReading));
}
