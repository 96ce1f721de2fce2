using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Converge.Applying;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>Text for people: lasting lines on standard output, mistakes and errors on standard error.</summary>
internal sealed class TextOutput(Terminal terminal, bool diff, bool verbose) : IRunOutput
{
    private readonly Paint _paint = new(terminal.Colours);
    private readonly TransientLine _transient = new(terminal.Error, terminal.IsInteractive);
    private readonly HashSet<Host> _connecting = [];
    private readonly SkippedResources _skipped = new();
    private readonly System.Threading.Lock _lock = new();
    private LiveHosts? _live;
    private bool _applying;
    private bool _somethingToDo;

    public void Note(string what)
    {
        if (what.EndsWith('…') && terminal.IsInteractive)
        {
            _transient.Show(what);
        }
        else
        {
            _transient.Clear();
            terminal.Error.WriteLine(Redaction.Clean(what));
        }
    }

    public void Planned(Plan plan, Summary counts)
    {
        _transient.Clear();
        terminal.Out.Write(PlanText.Of(plan, _paint, diff, verbose));
        terminal.Out.WriteLine(_paint.Bold(PlanText.LastLines(plan, counts)));
        _somethingToDo = plan.HasChanges || plan.HasFailures;
    }

    public void Applying(bool begins)
    {
        _transient.Clear();
        _applying = begins;
        if (begins && _somethingToDo)
        {
            terminal.Out.WriteLine();
        }

        _live?.Dispose();
        _live = begins && terminal.IsInteractive ? LiveHosts.OnThisTerminal(terminal.Colours) : null;
    }

    public void Mistaken(IReadOnlyList<Mistake> mistakes)
    {
        _transient.Clear();
        foreach (var mistake in mistakes)
        {
            terminal.Error.WriteLine(Redaction.Clean(mistake.ToString()));
        }

        terminal.Error.WriteLine(_paint.Red(mistakes.Count == 1 ? "1 mistake; no host was touched." : $"{mistakes.Count} mistakes; no host was touched."));
    }

    public void Failed(string message, string? remedy)
    {
        _transient.Clear();
        terminal.Error.Write(FailureBlock.Of(Redaction.Clean(message), remedy is null ? null : Redaction.Clean(remedy), _paint));
    }

    public void Tell(string text, string type, Action<Utf8JsonWriter> fields)
    {
        lock (_lock)
        {
            _transient.Clear();
            Write(text);
        }
    }

    public void Finished(string? lastLine, Summary counts, int exitCode)
    {
        Applying(false);
        if (lastLine is not null)
        {
            terminal.Out.WriteLine(_paint.Bold(lastLine));
        }

        terminal.Out.Flush();
    }

    public void Report(RunEvent value)
    {
        lock (_lock)
        {
            Show(value);
        }
    }

    private void Show(RunEvent value)
    {
        switch (value)
        {
            case HostConnecting:
                _connecting.Add(value.Host);
                _transient.Show($"asking {string.Join(", ", _connecting.Take(5).Select(h => h.Name))}{(_connecting.Count > 5 ? $" and {_connecting.Count - 5} others" : "")} …");
                break;
            case HostLocked locked:
                Note($"{locked.Host.Name}: another run is at work on it: {locked.Holder}; waiting for up to {locked.Patience.TotalSeconds:0} s");
                break;
            case HostPlanned or HostConnected:
                _connecting.Remove(value.Host);
                break;
            default:
                _live?.Update(value);
                if (_applying && (_skipped.Of(value, _paint, verbose) ?? RunLine.Of(value, _paint, verbose)) is { Length: > 0 } line)
                {
                    Write(line);
                }

                break;
        }
    }

    private void Write(string lines)
    {
        if (_live is { } live)
        {
            live.WriteAbove(lines);
        }
        else
        {
            terminal.Out.Write(lines);
            terminal.Out.Flush();
        }
    }
}
