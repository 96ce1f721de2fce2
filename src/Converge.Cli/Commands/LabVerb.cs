using System;
using System.CommandLine;
using System.Threading.Tasks;
using Converge.Cli.Output;
using Converge.Lab;

namespace Converge.Cli.Commands;

/// <summary><c>converge lab</c>: rehearsal hosts on this machine. Thin over Converge.Lab, which is loaded only when a lab verb runs.</summary>
internal static class LabVerb
{
    private const string WhichLab = "Lab file or name; by default lab.json here, else the only lab that is up";

    public static Command Create(Surroundings surroundings) => new("lab", "Real hosts on this machine, to rehearse a script on before production")
    {
        Up(surroundings.Terminal),
        Status(surroundings.Terminal),
        Exec(surroundings.Terminal),
        Power("kill", "Cut the power of a host; its disk stays", on: false, surroundings.Terminal),
        Power("start", "Start a host again with the disk that it had", on: true, surroundings.Terminal),
        Down(surroundings.Terminal),
    };

    private static Command Up(Terminal terminal)
    {
        var verb = new Command("up", "Bring all hosts of a lab up; harmless when they are");
        var which = new Argument<string?>("LAB") { Description = WhichLab, Arity = ArgumentArity.ZeroOrOne };
        verb.Arguments.Add(which);
        verb.SetAction((parsed, ct) => GuardAsync(terminal, async () =>
        {
            var status = await Labs.Find(parsed.GetValue(which)).UpAsync(new Lines(terminal), ct);
            terminal.Out.Write(LabText.Of(status));
            return ExitCode.Done;
        }));
        return verb;
    }

    private static Command Status(Terminal terminal)
    {
        var verb = new Command("status", "Say how a lab and its hosts are, and how to reach them");
        var which = new Argument<string?>("LAB") { Description = WhichLab, Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "One JSON document: hosts, addresses, paths of ssh_config and known_hosts" };
        verb.Arguments.Add(which);
        verb.Options.Add(json);
        verb.SetAction((parsed, ct) => GuardAsync(terminal, async () =>
        {
            var status = await Labs.Find(parsed.GetValue(which)).StatusAsync(ct);
            terminal.Out.Write(parsed.GetValue(json) ? status.ToJson() + "\n" : LabText.Of(status));
            return ExitCode.Done;
        }));
        return verb;
    }

    private static Command Exec(Terminal terminal)
    {
        var verb = new Command("exec", "Run a program on a host as root, without SSH; answers its exit code");
        var host = new Argument<string>("HOST") { Description = "A host of the lab" };
        var command = new Argument<string[]>("COMMAND") { Description = "The program and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var lab = LabOption();
        verb.Arguments.Add(host);
        verb.Arguments.Add(command);
        verb.Options.Add(lab);
        verb.SetAction((parsed, ct) => GuardAsync(terminal, () =>
            Labs.Find(parsed.GetValue(lab)).ExecAsync(parsed.GetRequiredValue(host), parsed.GetRequiredValue(command), ct)));
        return verb;
    }

    private static Command Power(string name, string description, bool on, Terminal terminal)
    {
        var verb = new Command(name, description);
        var host = new Argument<string>("HOST") { Description = "A host of the lab" };
        var which = LabOption();
        verb.Arguments.Add(host);
        verb.Options.Add(which);
        verb.SetAction((parsed, ct) => GuardAsync(terminal, async () =>
        {
            var lab = Labs.Find(parsed.GetValue(which));
            await (on ? lab.StartAsync(parsed.GetRequiredValue(host), new Lines(terminal), ct) : lab.KillAsync(parsed.GetRequiredValue(host), ct));
            return ExitCode.Done;
        }));
        return verb;
    }

    private static Command Down(Terminal terminal)
    {
        var verb = new Command("down", "Take a lab down; leaves nothing of it but cached images");
        var which = new Argument<string?>("LAB") { Description = WhichLab, Arity = ArgumentArity.ZeroOrOne };
        verb.Arguments.Add(which);
        verb.SetAction((parsed, ct) => GuardAsync(terminal, async () =>
        {
            var name = await Labs.DownAsync(parsed.GetValue(which), ct: ct);
            terminal.Out.Write($"lab {name} is down\n");
            return ExitCode.Done;
        }));
        return verb;
    }

    private static Option<string?> LabOption() => new("--lab") { HelpName = "LAB", Description = WhichLab };

    private static async Task<int> GuardAsync(Terminal terminal, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (LabException e)
        {
            new TextOutput(terminal, diff: false, verbose: false).Failed(e.Message, null);
            return ExitCode.Failed;
        }
    }

    /// <summary>Progress for people, out of the way of what programs read.</summary>
    private sealed class Lines(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Error.WriteLine(value);
    }
}
