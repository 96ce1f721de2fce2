using System;
using System.Collections.Generic;
using System.IO;

namespace Converge.Modules;

/// <summary>A file written from a Scriban template, strictly: a name that has no value is a mistake, found before any host is touched.</summary>
/// <param name="Path">Absolute path of the file on the host.</param>
/// <remarks>
/// Values may be text, numbers, lists, anonymous objects, and also secrets and facts, which can be written but not computed with. Each template
/// also sees <c>host.name</c>, <c>host.address</c> and <c>host.roles</c> of the host that it is written for.
/// </remarks>
/// <example>
/// <code>
/// host.Add(new Template("/etc/app/app.conf")
/// {
///     Text = "listen = {{ port }}\npassword = {{ password }}\n",
///     Values = new { port = 8000, password = Secret.FromEnvironment("APP_PASSWORD") },
///     Mode = Mode.Octal("0600"),
/// });
/// </code>
/// </example>
public sealed record Template(string Path) : Composite
{
    /// <summary>The template's file; a relative path starts at the folder of the script. Null when <see cref="Text"/> is given.</summary>
    public string? Source { get; init; }

    /// <summary>The template itself. Null when <see cref="Source"/> is given.</summary>
    public string? Text { get; init; }

    /// <summary>What the template may name: an anonymous object or a dictionary. Default: nothing but <c>host</c>.</summary>
    public object Values { get; init; } = new { };

    /// <summary>See <see cref="File.Owner"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>See <see cref="File.Group"/>.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="File.Mode"/>.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>See <see cref="File.Validation"/>.</summary>
    public Validation? Validation { get; init; }

    /// <summary>See <see cref="File.Impact"/>.</summary>
    public Impact Impact { get; init; }

    /// <inheritdoc/>
    public override string Kind => "template";

    /// <inheritdoc/>
    public override string Name => Path;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() => (Source, Text) switch
    {
        (null, null) => ["it has neither Source nor Text"],
        (not null, not null) => ["it has Source and Text: give one of them"],
        _ => [],
    };

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        if ((Source is null) == (Text is null))
        {
            return;
        }

        var source = Source is null ? "" : System.IO.Path.GetFullPath(Source, Folder(expansion.Declaration.At));
        var reported = new HashSet<string>();
        foreach (var host in expansion.Hosts)
        {
            try
            {
                expansion.Add(host, FileOf(TemplateRenderer.Render(Text ?? System.IO.File.ReadAllText(source), Values, host)));
            }
            catch (TemplateException e) when (reported.Add($"{e.Line}:{e.Column}:{e.Message}"))
            {
                Report(expansion, e, source);
            }
            catch (TemplateException)
            {
                // The same mistake for another host.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                expansion.Report($"{this}: its source cannot be read: {e.Message}");
                return;
            }
        }
    }

    private static string Folder(SourceLocation at) =>
        System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(at.File.Length > 0 ? at.File : "script")) ?? "/";

    private void Report(Expansion expansion, TemplateException e, string source)
    {
        if (Source is null)
        {
            expansion.Report($"{this}: {e.Message} (line {e.Line}, column {e.Column} of Text)");
        }
        else
        {
            expansion.Report($"{this}: {e.Message}", new SourceLocation(source, e.Line, e.Column));
        }
    }

    private File FileOf(Content content) => new(Path)
    {
        Content = content,
        Owner = Owner,
        Group = Group,
        Mode = Mode,
        Validation = Validation,
        Impact = Impact,
    };
}
