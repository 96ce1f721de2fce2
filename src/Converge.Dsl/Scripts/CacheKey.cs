using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Converge.Scripts;

/// <summary>Names a compiled script by everything that went into it: another byte anywhere is another key.</summary>
internal static class CacheKey
{
    /// <summary>Raised when the same inputs would be compiled to something else.</summary>
    private const int Format = 1;

    public static string Of(SourceSet sources, IEnumerable<Assembly> references, IReadOnlyList<string> imports)
    {
        using var hash = SHA256.Create();
        using (var writer = new BinaryWriter(new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)))
        {
            writer.Write(Format);
            writer.Write(RuntimeInformation.FrameworkDescription);
            writer.Write(CompilerVersion());
            WriteAll(writer, imports);
            WriteAll(writer, references.Select(a => $"{a.GetName().Name} {a.ManifestModule.ModuleVersionId}"));
            writer.Write(sources.Main);
            WriteFiles(writer, sources.Sources);
            WriteFiles(writer, sources.Libraries);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    // Read from the reference, so that the compiler itself is not loaded.
    private static string CompilerVersion() =>
        typeof(CacheKey).Assembly.GetReferencedAssemblies().First(a => a.Name == "Microsoft.CodeAnalysis.CSharp").ToString();

    private static void WriteAll(BinaryWriter writer, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            writer.Write(text);
        }

        writer.Write("");
    }

    private static void WriteFiles(BinaryWriter writer, IReadOnlyDictionary<string, byte[]?> files)
    {
        writer.Write(files.Count);
        foreach (var (path, bytes) in files)
        {
            writer.Write(path);
            writer.Write(bytes?.Length ?? -1);
            writer.Write(bytes ?? []);
        }
    }
}
