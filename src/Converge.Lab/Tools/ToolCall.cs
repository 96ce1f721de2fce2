using System;
using System.Collections.Generic;
using System.Text;

namespace Converge.Lab;

/// <summary>A program with its arguments, standard input (default empty) and folder (default <c>/</c>).</summary>
internal sealed record ToolCall(string Program, IReadOnlyList<string> Arguments)
{
    public ReadOnlyMemory<byte> Input { get; init; }

    public string? Folder { get; init; }

    public static ToolCall WithText(string program, IReadOnlyList<string> arguments, string input) =>
        new(program, arguments) { Input = Encoding.UTF8.GetBytes(input) };

    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";
}
