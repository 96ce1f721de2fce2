using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Converge.Sessions;

/// <summary>Whose a file is. .NET tells the mode of a file but not its owner.</summary>
[SupportedOSPlatform("linux")]
internal static class FileOwner
{
    // statx(2): the same structure on every architecture, unlike stat's.
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantOwner = 0x8;
    private const int OwnerOffset = 20;
    private const int StructureSize = 256;

    /// <summary>The folder belongs to the user that this process runs as, and nobody else can reach into it.</summary>
    public static bool IsPrivate(string folder) => IsMine(CurrentFolder, folder, 0) && Closed(File.GetUnixFileMode(folder));

    /// <summary>The open file belongs to the user that this process runs as, and nobody else can write or read it.</summary>
    public static bool IsPrivate(SafeFileHandle file) => IsMine((int)file.DangerousGetHandle(), "", EmptyPath) && Closed(File.GetUnixFileMode(file));

    /// <summary>The folder belongs to the user that this process runs as.</summary>
    public static bool IsMine(string folder) => IsMine(CurrentFolder, folder, 0);

    private static bool Closed(UnixFileMode mode) => (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) == 0;

    private static bool IsMine(int folder, string path, int flags)
    {
        var buffer = new byte[StructureSize];
        if (Statx(folder, path, flags, WantOwner, buffer) != 0)
            throw new IOException($"{path}: its owner cannot be told: {Marshal.GetLastPInvokeErrorMessage()}");

        return BitConverter.ToUInt32(buffer, OwnerOffset) == EffectiveUser();
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] buffer);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
