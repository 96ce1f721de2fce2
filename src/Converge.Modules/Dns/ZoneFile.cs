using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>A zone's file. Its serial is state: raised when, and only when, something else in the file changes.</summary>
/// <param name="Zone">Without a final dot.</param>
/// <param name="Path">Where the file is.</param>
/// <param name="Text">What it says.</param>
internal sealed record ZoneFile(string Zone, string Path, ZoneText Text) : Resource<ZoneFileState>
{
    private static readonly Ownership Ownership = new("root", "root", Modules.Mode.Octal("0644"));

    /// <summary>The serial is never behind this. 0: no such floor.</summary>
    public uint MinimumSerial { get; init; }

    public override string Kind => "zone-file";

    public override string Name => Path;

    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    public override IEnumerable<Provision> Needs => Provision.FoldersAbove(Path);

    public override IEnumerable<RenderedFile> Renders => [new RenderedFile(Path, Text.WithHole())];

    public override Query<ZoneFileState> Query => PathQuestion.Ask(Path).And(
        ZoneFileState.Question.Ask(Path, Sha256).Select(zones => zones.GetValueOrDefault(Path)),
        (file, zone) => (zone ?? new ZoneFileState(file)) with { File = file });

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.WithoutSerial)));

    public override IEnumerable<Change> Diff(ZoneFileState state, DiffContext context)
    {
        if (state.File.Kind is PathKind.Directory or PathKind.Other or PathKind.Symlink)
        {
            throw new ConvergeException($"{Path} is not a regular file", "Move it out of the way: the zone's file goes there.");
        }

        var isSame = state.File.Kind == PathKind.File && state.Sha256WithoutSerial == Sha256 && state.Serial is not null;
        if (isSame && (MinimumSerial == 0 || !ZoneSerial.IsAhead(MinimumSerial, state.Serial!.Value)))
        {
            return Ownership.Diff(Path, state.File);
        }

        return [Put(state), .. Ownership.DiffCarried(state.File)];
    }

    private Change Put(ZoneFileState state)
    {
        var current = CurrentSerial(state);
        var serial = ZoneSerial.Next(current, MinimumSerial);
        var text = Text.With(serial);
        return new Change("zone", current is null ? null : $"serial {current}", $"serial {serial}")
        {
            Steps =
            [
                // Checks what named itself refuses (names of hosts), and looks no name up outside the zone: a resolver that does not answer takes minutes.
                new PutFile(Path, text)
                {
                    Owner = Ownership.Owner,
                    Group = Ownership.Group,
                    Mode = Ownership.Mode,
                    Validation = new Validation("named-checkzone", ["-k", "fail", "-i", "local", Zone, Validation.NewFile]),
                },
            ],
            TextDiff = state.File.Kind == PathKind.Missing ? UnifiedDiff.Of("", text, Path)
                : state.Text is { } old ? UnifiedDiff.Of(old, text, Path)
                : null,
        };
    }

    private uint? CurrentSerial(ZoneFileState state)
    {
        if (state.File.Kind == PathKind.Missing)
        {
            return null;
        }

        var found = state.Serial ?? (state.Text is { } text ? ZoneSerial.Find(text) : null);
        return found ?? (MinimumSerial > 0 ? null : throw new ConvergeException(
            $"{Path} was not written by Converge, and no serial can be found in it",
            "Give the zone a MinimumSerial ahead of the one that its secondaries have."));
    }
}
