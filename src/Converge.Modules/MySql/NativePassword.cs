using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>What <c>mysql_native_password</c> stores: a star and SHA-1 of SHA-1 in capitals.</summary>
internal static class NativePassword
{
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The server's own format.")]
    public static string Of(string password) => "*" + Convert.ToHexString(SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(password))));
}
