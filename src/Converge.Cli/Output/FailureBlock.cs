using System;
using System.Text;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>What went wrong, as a block of lines: title, what, where it was declared, what to do.</summary>
internal static class FailureBlock
{
    public static string Of(Failure failure, Paint paint) => $"{paint.Red(paint.Bold(failure.Title))}\n{Body(failure, "  ")}";

    /// <summary>All but the title.</summary>
    public static string Body(Failure failure, string indent)
    {
        var block = new StringBuilder();
        AppendLines(block, failure.Detail, indent);
        if (failure.At.Line > 0)
        {
            block.Append(indent).Append("declared at: ").Append(failure.At).Append('\n');
        }

        AppendLines(block, failure.Remedy, indent);
        return block.ToString();
    }

    /// <summary>An error that belongs to no resource.</summary>
    public static string Of(string message, string? remedy, Paint paint)
    {
        var block = new StringBuilder();
        var lines = message.Split('\n', 2);
        block.Append(paint.Red(paint.Bold(lines[0]))).Append('\n');
        AppendLines(block, lines.Length > 1 ? lines[1] : null, "");
        AppendLines(block, remedy, "  ");
        return block.ToString();
    }

    private static void AppendLines(StringBuilder block, string? text, string indent)
    {
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            block.Append(indent).Append(line.TrimEnd()).Append('\n');
        }
    }
}
