using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Finds the lab that a user means, and the labs that are on this machine.</summary>
public static class Labs
{
    /// <summary>The labs that have any trace on this machine, up or half-way.</summary>
    public static IReadOnlyList<string> Names(LabFolders? folders = null) => LabTeardown.Traces(folders ?? new LabFolders());

    /// <summary>
    /// The lab that <paramref name="fileOrName"/> means: a lab file's path or the name of a lab that is up. Null means <c>lab.json</c>
    /// in the current folder, else the only lab that is up.
    /// </summary>
    /// <exception cref="LabException">There is no such lab, or more than one could be meant.</exception>
    public static RehearsalLab Find(string? fileOrName, LabFolders? folders = null)
    {
        var where = folders ?? new LabFolders();
        var meant = Meant(fileOrName, where);
        if (File.Exists(meant))
            return new RehearsalLab(LabFile.Load(meant), where);
        where.Of(meant).RefuseStranger();
        var stored = where.Of(meant).LabFile;
        return File.Exists(stored) ? new RehearsalLab(LabFile.Load(stored), where) : throw Unknown(meant, where);
    }

    /// <summary>
    /// Takes down the lab that <paramref name="fileOrName"/> means, as <see cref="Find"/> reads it, also where only pieces of it are left;
    /// returns its name. A lab that is down already stays so.
    /// </summary>
    /// <exception cref="LabException">There is no such lab, more than one could be meant, or it cannot be removed.</exception>
    public static async Task<string> DownAsync(string? fileOrName, LabFolders? folders = null, CancellationToken ct = default)
    {
        var where = folders ?? new LabFolders();
        var meant = Meant(fileOrName, where);
        if (File.Exists(meant))
            meant = LabFile.Load(meant).Name;
        else if (!Names(where).Contains(meant))
            throw Unknown(meant, where);
        await RehearsalLab.DownAsync(where.Of(meant), TimeProvider.System, ct).ConfigureAwait(false);
        return meant;
    }

    private static string Meant(string? fileOrName, LabFolders folders)
    {
        if (fileOrName is not null)
            return fileOrName;
        if (File.Exists("lab.json"))
            return "lab.json";
        return Names(folders) switch
        {
            [var only] => only,
            [] => throw new LabException("No lab is up, and this folder has no lab.json. Name a lab file:\n    converge lab up examples/foobar/lab.json"),
            var many => throw new LabException($"More than one lab is up: {string.Join(", ", many)}. Say which one."),
        };
    }

    private static LabException Unknown(string name, LabFolders folders)
    {
        var known = Names(folders) is { Count: > 0 } names ? $"Up are: {string.Join(", ", names)}." : "No lab is up.";
        return new LabException($"'{name}' is neither a lab file nor a lab that is up. {known}");
    }
}
