using System;
using System.Text;

namespace Converge.Testing;

/// <summary>Any bytes as text that survives editors and version control: what is not printable UTF-8 shows as <c>\x00</c>.</summary>
internal static class VisibleText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (valid && (rune.Value is '\n' or '\t' || !Rune.IsControl(rune)))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var b in bytes[..length])
                {
                    text.Append("\\x").Append(b.ToString("x2"));
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
