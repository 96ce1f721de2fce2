using System;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>What one item has printed so far.</summary>
internal sealed class ItemOutput
{
    /// <summary>An answer that is longer is an error.</summary>
    public const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>An item that prints more is stopped.</summary>
    public const int Flood = 64 * 1024 * 1024;

    // Of what a step prints, the beginning and the end say why it failed.
    private const int KeptOfStep = 512 * 1024;
    private const int KeptOfError = 256 * 1024;

    private readonly TimeSpan? _startedAt;
    private readonly CappedBuffer _output;
    private readonly CappedBuffer _error = new(0, KeptOfError);
    private readonly OutputLines? _lines;
    private readonly bool _isStep;
    private bool _inError;

    public ItemOutput(int index, ExchangeItem item, TimeSpan? startedAt, Action<string> tellLine)
    {
        (Index, _startedAt, _isStep) = (index, startedAt, item is StepItem);
        _output = _isStep ? new CappedBuffer(KeptOfStep, KeptOfStep) : new CappedBuffer(LongestAnswer, 0);
        _lines = _isStep ? new OutputLines(tellLine) : null;
    }

    public int Index { get; }

    public bool IsFlooding => _output.Total + _error.Total > Flood;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        (_inError ? _error : _output).Write(bytes);
        _lines?.Write(bytes);
    }

    public void SwitchToError()
    {
        _lines?.End();
        _inError = true;
    }

    public ItemResult End(int exitCode, TimeSpan? endedAt, string? late)
    {
        _lines?.End();
        var error = Encoding.UTF8.GetString(_error.ToArray());
        if (!_isStep && _output.IsCut)
        {
            exitCode = exitCode == 0 ? 1 : exitCode;
            error += $"printed {_output.Total} bytes, of which the first {LongestAnswer} were kept\n";
        }

        if (late == "flood")
        {
            error += $"printed more than {Flood} bytes and was stopped\n";
        }

        return new ItemResult(
            new Answer(_output.ToArray(), error, exitCode)
            {
                Duration = endedAt - _startedAt is { } duration && duration > TimeSpan.Zero ? duration : TimeSpan.Zero,
            },
            TimedOut: late == "deadline");
    }
}
