using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Converge.Modules.Tests;

/// <summary>Runs questions and steps on this machine, the way a session does it on a host: to prove the shell text itself.</summary>
internal static class Shell
{
    /// <summary>Asks what a query asks, for real.</summary>
    public static T Ask<T>(Query<T> query)
    {
        var answers = query.Inquiries.GroupBy(i => i.Question)
            .ToDictionary(g => g.Key, g => Read(g.Key, Run("sh", ["-c", g.Key.Script, "sh", .. g.SelectMany(i => i.Arguments)])));
        return query.Read(question => answers[question]);
    }

    /// <summary>Asks, diffs and runs the steps; gives the properties that changed.</summary>
    public static IReadOnlyList<string> Apply<T>(Resource<T> resource)
    {
        var changes = resource.Diff(Ask(resource.Query), DiffContext.Settled(new HostFacts())).ToList();
        foreach (var step in changes.SelectMany(c => c.Steps))
        {
            Run(step);
        }

        return [.. changes.Select(c => c.Property)];
    }

    public static Answer Run(string program, IReadOnlyList<string> arguments, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new Answer(output.ToArray(), error.Result, process.ExitCode);
    }

    /// <summary>Reads an answer as the engine does.</summary>
    public static object Read(Question question, Answer answer) => question.GetType().GetMethod("Read")!.Invoke(question, [answer])!;

    private static void Run(Step step)
    {
        if (step is PutFile put)
        {
            System.IO.File.WriteAllBytes(put.Path, put.Content.Resolve(null).Span);
            Run("chmod", [Mode.Digits(put.Mode ?? Mode.Octal("0644")), put.Path]).RequireSuccess("chmod");
            return;
        }

        var program = (RunProgram)step;
        var answer = Run(program.Program, [.. program.Arguments, .. program.Pooled ?? []], program.Input?.Resolve(null).ToArray());
        Assert.True(program.SuccessCodes.Contains(answer.ExitCode), $"{program.Describe()}: {answer.Error}");
    }
}
