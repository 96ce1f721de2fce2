using System;
using System.Text;

namespace Converge.Modules;

/// <summary>The one place where text becomes part of SQL.</summary>
internal static class SqlText
{
    /// <summary>The inside of a string literal, for sessions that <see cref="MySqlClient.PlainQuotes"/> has begun: there a backslash escapes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\0' => escaped.Append(@"\0"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\x1A' => escaped.Append(@"\Z"),
                '\\' or '\'' or '"' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A string literal, for the same sessions.</summary>
    public static string Literal(string text) => $"'{Escape(text)}'";

    /// <summary>A name between backticks; means the same under every SQL mode.</summary>
    public static string Identifier(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>UTF-8 bytes as upper-case hexadecimal digits, as the server's <c>HEX()</c> writes them.</summary>
    public static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    /// <summary>What <see cref="Hex"/> made.</summary>
    /// <exception cref="FormatException">These are no hexadecimal digits.</exception>
    public static string FromHex(string digits) => Encoding.UTF8.GetString(Convert.FromHexString(digits));

    /// <summary>A string that means the same under every SQL mode.</summary>
    public static string Utf8(string text) => $"CONVERT(x'{Hex(text)}' USING utf8mb4)";

    /// <summary>A database name in a grant, where <c>_</c> and <c>%</c> are wildcards unless they are escaped.</summary>
    public static string GrantPattern(string database) =>
        database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal);

    /// <summary>An account, for the sessions of <see cref="Escape"/>.</summary>
    public static string Account(string user, string host) => $"{Literal(user)}@{Literal(host)}";
}
