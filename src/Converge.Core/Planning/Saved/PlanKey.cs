using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Planning;

/// <summary>
/// The key of the hashes in saved plans. It stays on the controller: whoever has only the plan cannot try out what a hashed state held.
/// </summary>
public sealed class PlanKey
{
    private const int Bytes = 32;

    private readonly byte[] _key;

    private PlanKey(byte[] key) => (_key, Id) = (key, Convert.ToHexStringLower(SHA256.HashData([.. "converge plan key "u8, .. key]))[..16]);

    /// <summary>Tells one key from another without telling the key.</summary>
    public string Id { get; }

    /// <summary>Where the key of this user is: <c>$XDG_CONFIG_HOME/converge/plan-key</c>, else below <c>~/.config</c>.</summary>
    public static string DefaultPath
    {
        get
        {
            var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            var folder = Path.IsPathRooted(config) ? config : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(folder, "converge", "plan-key");
        }
    }

    /// <summary>A new key that is kept nowhere.</summary>
    public static PlanKey Random() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads the key of a file; makes both when there is none. Readable by its owner alone.</summary>
    /// <exception cref="ConvergeException">It cannot be read or made, others can read it, or it is none.</exception>
    public static PlanKey OfFile(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            {
                throw new ConvergeException($"{path} is the key of your saved plans, and others can read or write it", $"Make it yours alone, and plan again:\n    rm {ShellQuote.ForReading(path)}");
            }

            var key = File.ReadAllBytes(path);
            return key.Length == Bytes ? new PlanKey(key) : throw new ConvergeException($"{path} is no key of saved plans: it has {key.Length} bytes, not {Bytes}", "Copy it whole, or take it away and plan again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConvergeException($"{path}, the key of saved plans, cannot be used: {e.Message}", null, e);
        }
    }

    /// <summary>Lower-case hexadecimal HMAC-SHA256.</summary>
    public string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes));

    /// <inheritdoc cref="Hash(ReadOnlySpan{byte})"/>
    public string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    // Whoever comes second finds the whole key of the first: it appears under its name only when it is complete.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var written = PrivateFile.WriteBeside(path, RandomNumberGenerator.GetBytes(Bytes));
        try
        {
            File.Move(written, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(written);
        }
    }
}
