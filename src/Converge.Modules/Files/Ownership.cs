using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Converge.Modules;

/// <summary>Owner, group and mode that a path shall have; null leaves as found.</summary>
internal sealed record Ownership(string? Owner, string? Group, UnixFileMode? Mode)
{
    private const UnixFileMode Special = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;

    /// <summary>What has to change at a path that is there, with the steps for it.</summary>
    public IEnumerable<Change> Diff(string path, FileState state)
    {
        var chown = Differs(state.Owner, state.OwnerId, Owner);
        var chgrp = Differs(state.Group, state.GroupId, Group);
        var chmod = Mode is { } wanted && wanted != state.Mode;
        if (chown)
        {
            yield return new Change("owner", state.Owner, Owner) { Steps = [new RunProgram("chown", [Owner!, path]), .. Keep(path, state, chmod || chgrp)] };
        }

        if (chgrp)
        {
            yield return new Change("group", state.Group, Group) { Steps = [new RunProgram("chgrp", [Group!, path]), .. Keep(path, state, chmod)] };
        }

        if (chmod)
        {
            yield return new Change("mode", Modules.Mode.Digits(state.Mode), Modules.Mode.Digits(Mode!.Value)) { Steps = [Chmod(path, state, Mode.Value)] };
        }
    }

    /// <summary>
    /// What will be different at a path whose content is put by another step, which takes owner and mode along. Of something new only what is
    /// not as usual, root's and with the mode <paramref name="usual"/> (null: 0644), is worth a line.
    /// </summary>
    public IEnumerable<Change> DiffCarried(FileState state, UnixFileMode? usual = null)
    {
        var there = state.Kind is PathKind.File or PathKind.Directory;
        var found = there ? state : new FileState(PathKind.Missing) { Mode = usual ?? Modules.Mode.Octal("0644") };
        if (Differs(found.Owner, found.OwnerId, Owner))
        {
            yield return new Change("owner", there ? found.Owner : null, Owner);
        }

        if (Differs(found.Group, found.GroupId, Group))
        {
            yield return new Change("group", there ? found.Group : null, Group);
        }

        if (Mode is { } mode && mode != found.Mode)
        {
            yield return new Change("mode", there ? Modules.Mode.Digits(found.Mode) : null, Modules.Mode.Digits(mode));
        }
    }

    public IEnumerable<string> Mistakes()
    {
        if (Owner is not null && !IsName(Owner))
        {
            yield return $"\"{Owner}\" is no user name";
        }

        if (Group is not null && !IsName(Group))
        {
            yield return $"\"{Group}\" is no group name";
        }

        if (Mode is { } mode && ((int)mode & ~0xFFF) != 0)
        {
            yield return "the mode has bits that no file has; write it as Mode.Octal(\"0644\")";
        }
    }

    /// <summary>The number of a wanted owner or group; null when it is a name that only the host knows the number of.</summary>
    /// <param name="wanted">Name or number; null: left as found.</param>
    /// <param name="found">Name of who has it now.</param>
    /// <param name="foundId">Number of who has it now.</param>
    public static int? Number(string? wanted, string found, int foundId) =>
        wanted is null || wanted == found ? foundId
        : wanted == "root" ? 0
        : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsName(string name) =>
        name.Length > 0 && name[0] != '-' && !name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ':' or ',' or '/' or '\'' or '"' or '«');

    // The kernel takes the special bits away when the owner changes (chown(2)), so they are given again, unless the mode is set later anyway.
    private static IEnumerable<Step> Keep(string path, FileState state, bool later) =>
        !later && (state.Mode & Special) != 0 ? [Chmod(path, state, state.Mode)] : [];

    // With up to four digits GNU chmod leaves the set-group-id bit of a folder alone; the fifth makes it mean what it says (chmod(1)).
    private static RunProgram Chmod(string path, FileState state, UnixFileMode mode) =>
        new("chmod", [(state.Kind == PathKind.Directory ? "0" : "") + Modules.Mode.Digits(mode), path]);

    private static bool Differs(string name, int id, string? wanted) =>
        wanted is not null && wanted != name && wanted != id.ToString(CultureInfo.InvariantCulture);
}
