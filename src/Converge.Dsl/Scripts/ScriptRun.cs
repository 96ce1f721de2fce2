using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Scripts;

/// <summary>One run of a compiled script. Names nothing of the compiler: a cached script runs without loading it.</summary>
internal sealed class ScriptRun(CompiledScript script, SourceSet sources, IReadOnlyDictionary<string, Assembly> own)
{
    /// <exception cref="ScriptException">The script stopped with an error: that one and all mistakes before it.</exception>
    public async Task RunAsync(ScriptContext context, CancellationToken ct)
    {
        var entry = Load();
        try
        {
            using (context.Enter())
            {
                await Task.Run(() => entry(new object[2]), ct).WaitAsync(ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Whatever a script throws is a mistake of the script, to be shown with the others.
            foreach (var mistake in Mistakes(e))
            {
                context.Fleet.Report(mistake);
            }

            throw new ScriptException(context.Fleet.Mistakes);
        }
    }

    private Func<object[], Task<object>> Load()
    {
        var assembly = new ScriptAssemblies(own, script.Libraries).LoadFromStream(new MemoryStream(script.Assembly), new MemoryStream(script.Symbols));
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return assembly.GetType(script.EntryType, throwOnError: true)!.GetMethod(script.EntryMethod, Any)!.CreateDelegate<Func<object[], Task<object>>>();
    }

    private IEnumerable<Mistake> Mistakes(Exception thrown)
    {
        var e = Innermost(thrown);
        var at = Places(e).Concat(Places(thrown)).Take(1).ToList();
        return e switch
        {
            ScriptException several => several.Mistakes,
            ConvergeException one => [new Mistake(Redaction.Mask(one.Message), at) { Remedy = one.Remedy is null ? null : Redaction.Mask(one.Remedy) }],
            _ => [new Mistake(Redaction.Mask($"the script stopped: {e.Message} ({e.GetType().Name})"), at)],
        };
    }

    private static Exception Innermost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var only] } => Innermost(only),
        TargetInvocationException or TypeInitializationException when e.InnerException is { } inner => Innermost(inner),
        _ => e,
    };

    private IEnumerable<SourceLocation> Places(Exception e) =>
        from frame in new StackTrace(e, fNeedFileInfo: true).GetFrames()
        let file = frame.GetFileName()
        where file is not null && sources.Sources.ContainsKey(file)
        select new SourceLocation(file, frame.GetFileLineNumber(), frame.GetFileColumnNumber());
}
