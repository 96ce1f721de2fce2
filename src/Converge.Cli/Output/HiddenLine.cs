using System;
using System.Text;

namespace Converge.Cli.Output;

/// <summary>A line that is typed at the terminal without being shown.</summary>
internal static class HiddenLine
{
    /// <summary>Asks for it. Blocks until Enter is pressed; backspace takes characters back.</summary>
    public static string Read(Terminal terminal, string prompt)
    {
        terminal.Error.Write($"\r\x1b[K{Redaction.Clean(prompt)}");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        terminal.Error.WriteLine();
        return typed.ToString();
    }
}
