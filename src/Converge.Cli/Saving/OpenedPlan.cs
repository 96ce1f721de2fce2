using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Commands;
using Converge.Cli.Output;
using Converge.Planning;

namespace Converge.Cli.Saving;

/// <summary>A saved plan that was found whole, unchanged and, where that is asked for, signed.</summary>
internal sealed class OpenedPlan
{
    private readonly string _path;
    private readonly string _script;

    private OpenedPlan(string path, SavedPlan plan, PlanKey key) => (_path, Plan, Key, _script) = (path, plan, key, ScriptIdentity.PathOf(plan.Script, path));

    public SavedPlan Plan { get; }

    public PlanKey Key { get; }

    /// <summary>Reads and checks a plan; touches no host.</summary>
    /// <exception cref="UsageException">An option would make another plan of it.</exception>
    /// <exception cref="ConvergeException">It is not to be trusted, or was made by another converge.</exception>
    public static async Task<OpenedPlan> OpenAsync(RunSettings settings, string? signers, Func<PlanKey> planKey, IRunOutput output, CancellationToken ct)
    {
        if (settings.Variables.Count > 0 || settings.Hosts is not null)
        {
            throw new UsageException("a saved plan has its own --var and --hosts", "Leave them out, or plan again with them.");
        }

        var path = settings.Script;
        var bytes = SavedPlanFile.ReadBytes(path);
        if (signers is not null)
        {
            output.Note($"signed by {Redaction.Clean(await PlanSignature.VerifyAsync(path, bytes, signers, ct))}");
        }

        var key = planKey();
        var plan = SavedPlanFile.Read(path, bytes, key);
        return plan.Converge == CommandLine.Version
            ? new OpenedPlan(path, plan, key)
            : throw new ConvergeException($"{path} was made by converge {plan.Converge}, and this is {CommandLine.Version}, which may plan otherwise", "Apply it with the converge that made it, or plan again.");
    }

    /// <summary>The options that the plan was made with.</summary>
    public RunSettings Settings(RunSettings given) => given with { Script = _script, Variables = Plan.Script.Variables };

    /// <exception cref="ConvergeException">The script is another.</exception>
    public void RequireScript(LoadedScript loaded) => ScriptIdentity.Require(Plan.Script, _script, _path, loaded, Key);

    /// <summary>The hosts that were planned.</summary>
    /// <exception cref="ConvergeException">The script no longer has one of them.</exception>
    public IReadOnlyList<Host> Hosts(Fleet fleet)
    {
        var byName = fleet.Hosts.ToDictionary(h => h.Name);
        return [.. Plan.Hosts.Select(h => byName.GetValueOrDefault(h.Name) ?? throw new ConvergeException($"{_path} speaks of host {h.Name}, which {_script} no longer has", "Plan again."))];
    }
}
