using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Converge.Planning;

namespace Converge.Cli.Saving;

/// <summary>Tells whether a script is still the one that a plan was made from.</summary>
internal static class ScriptIdentity
{
    /// <summary>The identity of a script that was loaded, for a plan at <paramref name="plan"/>.</summary>
    /// <exception cref="ConvergeException">A variable holds a secret, which the file would show.</exception>
    public static SavedScript Of(string script, string plan, LoadedScript loaded, IReadOnlyDictionary<string, string> variables, PlanKey key)
    {
        foreach (var (name, value) in variables.Where(v => Redaction.Mask(v.Value) != v.Value))
        {
            throw new ConvergeException($"the plan is not saved: --var {name} holds a secret, and the plan would show it", "Give it to the script as a Secret: Secret.FromEnvironment, Secret.FromFile.");
        }

        return new SavedScript(
            Path.GetRelativePath(FolderOf(plan), Path.GetFullPath(script)),
            Files(script, loaded, key),
            new SortedDictionary<string, string>(variables.ToDictionary(), StringComparer.Ordinal));
    }

    /// <summary>Where the script of a plan is.</summary>
    public static string PathOf(SavedScript script, string plan)
    {
        var path = Path.GetFullPath(script.Path, FolderOf(plan));
        return File.Exists(path) ? path : throw new ConvergeException($"{path}, the script of {plan}, is not there", "A plan finds its script by the way from its own folder: put both where they were.");
    }

    /// <summary>Refuses a script that is not the one of the plan, saying what differs.</summary>
    /// <exception cref="ConvergeException">A file was changed, has come, or is gone.</exception>
    public static void Require(SavedScript saved, string script, string plan, LoadedScript loaded, PlanKey key)
    {
        var now = Files(script, loaded, key);
        string[] differences =
        [
            .. saved.Files.Where(f => !now.ContainsKey(f.Key)).Select(f => $"  {f.Key} is no longer part of it"),
            .. now.Where(f => !saved.Files.ContainsKey(f.Key)).Select(f => $"  {f.Key} was no part of it"),
            .. now.Where(f => saved.Files.TryGetValue(f.Key, out var hash) && hash != f.Value).Select(f => $"  {f.Key} was changed"),
        ];
        if (differences.Length > 0)
        {
            throw new ConvergeException($"{script} is not the script that {plan} was made from\n{string.Join('\n', differences)}", "Plan again.");
        }
    }

    private static SortedDictionary<string, string> Files(string script, LoadedScript loaded, PlanKey key)
    {
        var folder = FolderOf(script);
        return new SortedDictionary<string, string>(
            loaded.Files.ToDictionary(f => Path.GetRelativePath(folder, f.Key), f => f.Value is { } bytes ? key.Hash(bytes) : "missing"), StringComparer.Ordinal);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
