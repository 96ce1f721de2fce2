using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>A kernel parameter: its live value, and the file that sets it at boot.</summary>
/// <param name="Key">As <c>sysctl</c> writes it: <c>net.ipv4.ip_nonlocal_bind</c>.</param>
/// <example>
/// <code>
/// host.Add(new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" });
/// </code>
/// </example>
public sealed partial record Sysctl(string Key) : Resource<SysctlState>
{
    private const string Folder = "/etc/sysctl.d";

    /// <summary>The value as text; several numbers are separated by blanks.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Kind => "sysctl";

    /// <inheritdoc/>
    public override string Name => Key;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(BootFile.Path)];

    /// <inheritdoc/>
    public override IEnumerable<RenderedFile> Renders => BootFile.Renders;

    // The last file that names a parameter wins at boot; Debian's own last one is called 99-sysctl.conf.
    private File BootFile => new($"{Folder}/99-zz-converge-{SysctlQuestion.Dotted(Key)}.conf")
    {
        Content = $"{SysctlQuestion.Dotted(Key)} = {SysctlQuestion.SingleBlanks(Value)}\n",
        Owner = "root",
        Group = "root",
        Mode = Mode.Octal("0644"),
    };

    /// <inheritdoc/>
    public override Query<SysctlState> Query => SysctlQuestion.Ask(Key).And(BootFile.Query, (live, file) => new SysctlState(live, file));

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(SysctlState state, DiffContext context)
    {
        var wanted = SysctlQuestion.SingleBlanks(Value);
        if (state.Live is null)
        {
            yield return context.PendingHere.Any()
                ? Change.DecidedAfter("value", wanted, context.PendingHere.Last().ToString())
                : throw new ConvergeException($"the kernel has no parameter {Key}", $"Load the module that brings it, or look for its name:\n    sysctl -a | grep {Key.Split('.')[^1]}");
        }
        else if (state.Live != wanted)
        {
            yield return new Change("value", state.Live, wanted, Impact.Runtime) { Steps = [new RunProgram("tee", [SysctlQuestion.PathOf(Key)]) { Input = $"{wanted}\n" }] };
        }

        foreach (var change in BootFile.Diff(state.File with { FolderMissing = false }, context))
        {
            yield return change with
            {
                Property = $"at boot, {change.Property}",
                Steps = [.. state.File.FolderMissing && change.Steps.Count > 0 ? [new RunProgram("install", ["-d", "-m", "0755", Folder])] : Array.Empty<Step>(), .. change.Steps],
            };
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (!PlainKey().IsMatch(Key))
        {
            yield return $"\"{Key}\" is no kernel parameter: names separated by dots, such as net.ipv4.ip_forward";
        }

        if (SysctlQuestion.SingleBlanks(Value).Length == 0 || Value.Contains('\n'))
        {
            yield return "its Value is empty or has several lines";
        }
    }

    /// <summary>Two that want the same value are one.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Sysctl sysctl && SysctlQuestion.SingleBlanks(sysctl.Value) == SysctlQuestion.SingleBlanks(Value) ? this with { After = [.. After.Union(sysctl.After)] } : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+([./][A-Za-z0-9_@-]+)+\z")]
    private static partial Regex PlainKey();
}

/// <summary>A kernel parameter as found.</summary>
/// <param name="Live">The running kernel's value, blanks made single; null when the kernel has no such parameter.</param>
/// <param name="File">The file that sets it at boot.</param>
public sealed record SysctlState(string? Live, FileState File);
