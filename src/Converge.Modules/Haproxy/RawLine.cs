namespace Converge.Modules;

/// <summary>A line of haproxy.cfg for which there is no property, and where in its section it stands. A plain string stands at the end.</summary>
/// <example>
/// <code>
/// host.Add(new Haproxy
/// {
///     Global = new() { Lines = { "busy-polling", RawLine.After("log", "log-send-hostname") } },
/// });
/// </code>
/// </example>
public sealed record RawLine
{
    private RawLine(string text, RawPlace place, string? neighbour = null) => (Text, Place, Neighbour) = (text, place, neighbour);

    /// <summary>The line, as the HAProxy manual writes it. Nothing is quoted.</summary>
    public string Text { get; }

    internal RawPlace Place { get; }

    internal string? Neighbour { get; }

    /// <summary>At the top of the section; several keep their order.</summary>
    public static RawLine First(string text) => new(text, RawPlace.Start);

    /// <summary>At the bottom of the section; several keep their order.</summary>
    public static RawLine Last(string text) => new(text, RawPlace.End);

    /// <summary>Before the first line that begins with a keyword.</summary>
    public static RawLine Before(string keyword, string text) => new(text, RawPlace.Before, keyword);

    /// <summary>After the last line that begins with a keyword.</summary>
    public static RawLine After(string keyword, string text) => new(text, RawPlace.After, keyword);

    /// <summary>A line at the bottom of the section.</summary>
    public static implicit operator RawLine(string text) => Last(text);
}

internal enum RawPlace
{
    Start,
    End,
    Before,
    After,
}
