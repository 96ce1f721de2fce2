using System;
using System.Threading;

namespace Converge;

/// <summary>A script that is running, for whatever it calls: takes the mistakes that need not stop it, so that all are shown together.</summary>
internal sealed class ScriptScope : IDisposable
{
    private static readonly AsyncLocal<ScriptScope?> Running = new();

    private readonly ScriptScope? _outer = Running.Value;
    private readonly Fleet _fleet;

    /// <summary>From now on the running one, until it is disposed.</summary>
    public ScriptScope(Fleet fleet)
    {
        _fleet = fleet;
        Running.Value = this;
    }

    /// <summary>In a script a relative path starts at the script that names it, whatever the current directory; elsewhere at the current directory.</summary>
    public static string Resolve(string path, string callerFile) =>
        Running.Value is null ? path : new SourceLocation(callerFile, 0).PathBeside(path);

    /// <summary>Throws what is wrong; in a script notes it, so that the script goes on and its other mistakes are found too.</summary>
    public static void Refuse(ConvergeException why, SourceLocation at)
    {
        if (Running.Value is not { } script)
            throw why;

        script._fleet.Report(new Mistake(why.Message, at) { Remedy = why.Remedy });
    }

    /// <inheritdoc/>
    public void Dispose() => Running.Value = _outer;
}
