using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Converge.Applying;
using Spectre.Console;

namespace Converge.Cli.Output;

/// <summary>While an apply runs on a terminal: one line for each host that works, below the lasting lines. Not for several threads.</summary>
internal sealed class LiveHosts : IDisposable
{
    // More lines than this push what was said off the screen.
    private const int MostLines = 12;

    private readonly IAnsiConsole _console;
    private readonly SortedDictionary<string, string> _working = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new();
    private readonly Task _live;
    private LiveDisplayContext? _context;

    public LiveHosts(IAnsiConsole console)
    {
        _console = console;
        _live = console.Live(Target()).AutoClear(true).StartAsync(context =>
        {
            _context = context;
            return _ended.Task;
        });
    }

    public static LiveHosts OnThisTerminal(bool colours) => new(AnsiConsole.Create(new AnsiConsoleSettings
    {
        ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    }));

    public void Update(RunEvent happened)
    {
        var text = happened switch
        {
            StepStarted step => $"{step.Node.Resource}: {step.Step.Describe()}",
            StepOutput output => $"{output.Node.Resource}: {output.Line}",
            _ => null,
        };
        if (text is not null)
        {
            _working[happened.Host.Name] = Redaction.Clean(text).Replace('\n', ' ').Replace('\t', ' ');
        }
        else if (happened is not (HostFinished or HostFailed) || !_working.Remove(happened.Host.Name))
        {
            return;
        }

        _context?.UpdateTarget(Target());
    }

    /// <summary>Writes lines that stay, with the colours that they have. They are written over the live ones, so each clears the rest of its row.</summary>
    public void WriteAbove(string lines) => _console.Write(new ControlCode(lines.Replace("\n", "\x1b[K\n", StringComparison.Ordinal)));

    public void Dispose()
    {
        _ended.TrySetResult();
        _live.GetAwaiter().GetResult();
    }

    private Rows Target()
    {
        var width = Math.Max(20, _console.Profile.Width - 1);
        var lines = _working.Take(MostLines).Select(w => $"  {w.Key}  {w.Value}").ToList();
        if (_working.Count > MostLines)
        {
            lines.Add($"  … and {_working.Count - MostLines} more hosts");
        }

        return new Rows(lines.Select(line => new Text(line.Length < width ? line : line[..(width - 1)] + "…", new Style(decoration: Decoration.Dim))));
    }
}
