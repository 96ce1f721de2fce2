namespace Converge.Modules;

/// <summary>Where HAProxy logs to.</summary>
/// <param name="Address"><c>/dev/log</c>, <c>192.0.2.5:514</c>, <c>stdout</c>; <c>global</c> in a section: wherever the global section says.</param>
/// <param name="Facility">Syslog facility, such as <c>local0</c>; not with <c>global</c>.</param>
public sealed record LogTarget(string Address, string? Facility = null)
{
    /// <summary>Only what is at least this grave, such as <c>notice</c>. Null: everything.</summary>
    public string? Level { get; init; }

    /// <summary>Such as <c>rfc5424</c> or <c>raw</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Longest line in bytes. HAProxy's default: 1024.</summary>
    public int? Length { get; init; }

    internal string Line => $"log {Address}{(Length is null ? "" : $" len {Length}")}{(Format is null ? "" : $" format {Format}")}"
        + $"{(Facility is null ? "" : $" {Facility}")}{(Level is null ? "" : $" {Level}")}";
}
