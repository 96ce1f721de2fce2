using System;
using System.Collections.Generic;
using System.Threading;

namespace Converge.Scripts;

/// <summary>The script that is running: what <see cref="Script"/> acts on.</summary>
internal sealed class ScriptContext(Fleet fleet, string folder, IReadOnlyDictionary<string, string> variables)
{
    private static readonly AsyncLocal<ScriptContext?> Running = new();

    /// <exception cref="ConvergeException">No script is running.</exception>
    public static ScriptContext Current => Running.Value ?? throw new ConvergeException(
        "Host, Hosts, Var and the other words of Converge.Script have a meaning only inside a script",
        "Call them in a .csx file, or in a program inside Script.Describe(() => { … }).");

    public Fleet Fleet { get; } = fleet;

    public string Folder { get; } = folder;

    public VariableSet Variables { get; } = new(variables, fleet);

    /// <summary>For a program whose source file is <paramref name="file"/>.</summary>
    public static ScriptContext For(string file, IReadOnlyDictionary<string, string>? variables)
    {
        var folder = new SourceLocation(file, 0).PathBeside(".");
        return new ScriptContext(new Fleet(), folder, variables ?? new Dictionary<string, string>());
    }

    /// <summary>From now on the current one, until the result is disposed.</summary>
    public IDisposable Enter() => new Visit(this);

    /// <summary>The fleet, after the script has said all.</summary>
    public Fleet Finish()
    {
        Variables.ReportUnknown();
        return Fleet;
    }

    private sealed class Visit : IDisposable
    {
        private readonly ScriptContext? _outer = Running.Value;
        private readonly ScriptScope _scope;

        public Visit(ScriptContext context)
        {
            _scope = new ScriptScope(context.Fleet);
            Running.Value = context;
        }

        public void Dispose()
        {
            Running.Value = _outer;
            _scope.Dispose();
        }
    }
}
