using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Answers are compressed where the client takes it and the server did not (HAProxy configuration manual, section 9.2).</summary>
public sealed record Compression
{
    /// <summary>Best first. Default: <c>gzip</c>.</summary>
    public IList<string> Algorithms { get; init; } = ["gzip"];

    /// <summary>Content types. Default: text, JSON, JavaScript and SVG.</summary>
    public IList<string> Types { get; init; } = ["text/html", "text/plain", "text/css", "application/json", "application/javascript", "image/svg+xml"];

    internal void WriteTo(SectionLines section)
    {
        section.Add($"compression algo {HaproxyText.Words(Algorithms)}");
        section.Add($"compression type {HaproxyText.Words(Types)}");
    }
}
