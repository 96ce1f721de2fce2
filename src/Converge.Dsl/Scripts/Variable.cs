using System;

namespace Converge;

/// <summary>A value of a script that a run may replace: <c>--var name=value</c>.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Type">What the value is read as.</param>
/// <param name="Default">As it would be written on the command line; null when a value must be given.</param>
/// <param name="At">Where the script reads it.</param>
public sealed record Variable(string Name, Type Type, string? Default, SourceLocation At);
