using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A section for which there is no type, such as <c>cache</c>, <c>ring</c>, <c>mailers</c>, <c>fcgi-app</c> or <c>crt-store</c>. Stands before the defaults.</summary>
/// <param name="Header">Its first line: <c>cache pages</c>.</param>
/// <example>
/// <code>
/// var cache = new RawSection("cache pages") { Lines = { "total-max-size 16", "max-age 60" } };
/// </code>
/// </example>
public sealed record RawSection(string Header)
{
    /// <summary>In the order of the script.</summary>
    public IList<RawLine> Lines { get; init; } = [];

    internal SectionLines ToLines() => new(Header);
}
