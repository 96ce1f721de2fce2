using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>
/// What a host wrote, over the image that it shares. It survives a power cut and goes when the lab is taken down. The file <c>origin</c>
/// names the image and the archive that it was made for; it is written last, so a disk without it is a torso.
/// </summary>
internal sealed class MachineDisk(string path)
{
    private string OriginFile => Path.Combine(path, "origin");

    public string Root => path;

    public bool Complete => File.Exists(OriginFile);

    /// <summary>The image and the archive of this disk, whatever the lab file says by now.</summary>
    public DiskOrigin Origin() => File.ReadAllLines(OriginFile) is [var image, var debs]
        ? new DiskOrigin(image, debs)
        : throw new LabException($"{OriginFile} is damaged. Take the lab down and up again.");

    public async Task CreateAsync(DiskOrigin origin, ReadOnlyMemory<byte> seed, CancellationToken ct)
    {
        await Disk.DeleteAsync(path, ct).ConfigureAwait(false);
        var upper = Path.Combine(path, "upper");
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(Path.Combine(path, "work"));
        var unpack = new ToolCall("tar", ["--extract", "--preserve-permissions", "--numeric-owner", "--directory", upper]) { Input = seed };
        await Tool.RunAsync(unpack, ct).ConfigureAwait(false);
        await File.WriteAllLinesAsync(OriginFile, (IEnumerable<string>)[origin.Image, origin.Debs], ct).ConfigureAwait(false);
    }
}
