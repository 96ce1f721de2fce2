using System;
using System.IO;
using System.Text;

namespace Converge.Cli.Output;

/// <summary>The standard streams, and what may be done with them.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Standard output and error are a terminal that understands control sequences.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>There is someone to ask.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Colours are welcome.</summary>
    public bool Colours { get; init; }

    /// <summary>The terminal of this process. Output is UTF-8 whatever the locale; NO_COLOR and TERM=dumb are honoured.</summary>
    public static Terminal OfThisProcess()
    {
        var dumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        var interactive = !Console.IsOutputRedirected && !Console.IsErrorRedirected && !dumb;
        return new Terminal(Console.In, Utf8(Console.OpenStandardOutput()), Utf8(Console.OpenStandardError()))
        {
            IsInteractive = interactive,
            CanAsk = interactive && !Console.IsInputRedirected,
            Colours = !Console.IsOutputRedirected && !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
    }

    private static TextWriter Utf8(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
}
