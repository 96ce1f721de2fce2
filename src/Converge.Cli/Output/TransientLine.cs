using System.IO;

namespace Converge.Cli.Output;

/// <summary>A line that says what goes on and vanishes when something lasting is written. Does nothing without a terminal.</summary>
internal sealed class TransientLine(TextWriter terminal, bool isTerminal)
{
    private bool _shown;

    public void Show(string text)
    {
        if (isTerminal)
        {
            terminal.Write($"\r\x1b[2m{text}\x1b[0m\x1b[K");
            terminal.Flush();
            _shown = true;
        }
    }

    public void Clear()
    {
        if (_shown)
        {
            terminal.Write("\r\x1b[K");
            terminal.Flush();
            _shown = false;
        }
    }
}
