using System;
using System.Text;

namespace Converge.Modules;

/// <summary>How an account logs in, as the server stores it. What is stored is never shown.</summary>
internal sealed class StoredPassword(string plugin, byte[] value)
{
    private readonly byte[] _value = value;

    /// <summary>The authentication plugin.</summary>
    public string Plugin { get; } = plugin;

    /// <summary>There is none: anyone may log in.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The plugins whose stored form can be compared with a password.</summary>
    public static bool CanCheck(string plugin) => plugin is "caching_sha2_password" or "mysql_native_password" or "ed25519";

    /// <summary>The plugins that go by the system account of who is at the socket, without a password.</summary>
    public static bool GoesBySystemAccount(string plugin) => plugin is "auth_socket" or "unix_socket";

    /// <summary>Whether this is what the server stores for a password. A salted form is made again with the salt that is stored.</summary>
    public bool Fits(Secret password)
    {
        var stored = Encoding.Latin1.GetString(_value);
        return Plugin switch
        {
            "caching_sha2_password" => CachingSha2.Fits(stored, password.Reveal()),
            _ => string.Equals(Unsalted(Plugin, password.Reveal()), stored, StringComparison.OrdinalIgnoreCase) && (Plugin != "ed25519" || Unsalted(Plugin, password.Reveal()) == stored),
        };
    }

    /// <summary>What a plugin without salt stores for a password; null for other plugins.</summary>
    public static string? Unsalted(string plugin, string password) => plugin switch
    {
        "mysql_native_password" => NativePassword.Of(password),
        "ed25519" => Ed25519Password.Of(password),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Plugin;
}
