using System;
using System.Text;

namespace Converge;

/// <summary>What one item of an exchange gave: the answer to a question, or the result of a step.</summary>
/// <param name="Output">Standard output, byte for byte.</param>
/// <param name="Error">Standard error as text.</param>
/// <param name="ExitCode">0 to 255; 128 + n when killed by signal n.</param>
public sealed record Answer(ReadOnlyMemory<byte> Output, string Error = "", int ExitCode = 0)
{
    /// <summary>How long it took on the host.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Standard output as UTF-8 text; bytes that are none become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span);

    /// <summary>An answer from text, for tests of a parser.</summary>
    public static Answer FromText(string output, string error = "", int exitCode = 0) => new(Encoding.UTF8.GetBytes(output), error, exitCode);

    /// <summary>This answer, when its exit code is 0.</summary>
    /// <exception cref="ProbeException">The exit code is not 0; the message carries what was said on standard error.</exception>
    public Answer RequireSuccess(string what) => ExitCode == 0
        ? this
        : throw new ProbeException($"{what} failed with exit code {ExitCode}: {Error.Trim()}");
}
