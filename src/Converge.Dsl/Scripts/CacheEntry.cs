using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Scripts;

/// <summary>A compiled script as one file: its key, its parts, and a hash over all of it, so that a torn or altered file is noticed.</summary>
internal static class CacheEntry
{
    public static byte[] Write(string key, CompiledScript script)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(key);
        WriteBytes(writer, script.Assembly);
        WriteBytes(writer, script.Symbols);
        writer.Write(script.EntryType);
        writer.Write(script.EntryMethod);
        writer.Write(script.Libraries.Count);
        foreach (var library in script.Libraries)
        {
            writer.Write(library);
        }

        WriteColumns(writer, script.Columns.Columns);
        writer.Flush();
        writer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        return buffer.ToArray();
    }

    /// <summary>Null when the bytes are not what <see cref="Write"/> wrote for this key.</summary>
    public static CompiledScript? TryRead(byte[] bytes, string key)
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
            return null;

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        return reader.ReadString() == key
            ? new CompiledScript(ReadBytes(reader), ReadBytes(reader), reader.ReadString(), reader.ReadString(), Libraries: ReadTexts(reader), Columns: ReadColumns(reader))
            : null;
    }

    private static void WriteBytes(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    private static List<string> ReadTexts(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return [.. Enumerable.Range(0, count).Select(_ => reader.ReadString())];
    }

    private static void WriteColumns(BinaryWriter writer, IReadOnlyDictionary<(string File, int Line), int> columns)
    {
        var files = columns.GroupBy(c => c.Key.File).ToList();
        writer.Write(files.Count);
        foreach (var file in files)
        {
            writer.Write(file.Key);
            writer.Write(file.Count());
            foreach (var (place, column) in file)
            {
                writer.Write(place.Line);
                writer.Write(column);
            }
        }
    }

    private static ColumnTable ReadColumns(BinaryReader reader)
    {
        var columns = new Dictionary<(string, int), int>();
        for (var files = reader.ReadInt32(); files > 0; files--)
        {
            var file = reader.ReadString();
            for (var lines = reader.ReadInt32(); lines > 0; lines--)
            {
                columns[(file, reader.ReadInt32())] = reader.ReadInt32();
            }
        }

        return new ColumnTable(columns);
    }
}
