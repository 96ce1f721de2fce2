using System.IO;

namespace Converge.Planning;

/// <summary>Files of the controller that only their owner may read, from the first byte on.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the file as a whole or not at all.</summary>
    public static void Write(string path, byte[] bytes) => File.Move(WriteBeside(path, bytes), path, overwrite: true);

    /// <summary>Writes a file of another name in the same folder, and gives its path.</summary>
    public static string WriteBeside(string path, byte[] bytes)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!System.OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(beside, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        return beside;
    }
}
