using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>
/// What <c>caching_sha2_password</c> stores: <c>$A$005$</c>, 20 characters of salt, 43 characters of digest. The digest is SHA-crypt
/// (Drepper, "Unix crypt using SHA-256 and SHA-512"), with 1000 times the hexadecimal number in the middle as rounds.
/// </summary>
internal static class CachingSha2
{
    private const int Salt = 20;
    private const int Digest = 43;
    private const string Prefix = "$A$";
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Whether the server stores this for the password.</summary>
    /// <param name="stored">Bytes as Latin-1: the salt is any bytes.</param>
    /// <param name="password">In the clear.</param>
    public static bool Fits(string stored, string password)
    {
        if (stored.Length != Prefix.Length + 4 + Salt + Digest || !stored.StartsWith(Prefix, StringComparison.Ordinal) || stored[6] != '$'
            || !int.TryParse(stored.AsSpan(3, 3), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var thousands))
        {
            return false;
        }

        var salt = Encoding.Latin1.GetBytes(stored.Substring(7, Salt));
        return Hash(Encoding.UTF8.GetBytes(password), salt, thousands * 1000) == stored[(7 + Salt)..];
    }

    private static string Hash(byte[] password, byte[] salt, int rounds)
    {
        var length = password.Length;
        var mixed = SHA256.HashData([.. password, .. salt, .. password]);
        byte[] first = [.. password, .. salt, .. Repeated(mixed, length)];
        for (var bits = length; bits > 0; bits >>= 1)
        {
            first = [.. first, .. (bits & 1) == 1 ? mixed : password];
        }

        var digest = SHA256.HashData(first);
        var p = Repeated(SHA256.HashData([.. Enumerable.Repeat(password, length).SelectMany(b => b)]), length);
        var s = Repeated(SHA256.HashData([.. Enumerable.Repeat(salt, 16 + digest[0]).SelectMany(b => b)]), salt.Length);
        var block = new byte[digest.Length + s.Length + (2 * p.Length)];
        for (var round = 0; round < rounds; round++)
        {
            var odd = (round & 1) == 1;
            var size = Put(odd ? p : digest, block, 0);
            size = round % 3 == 0 ? size : Put(s, block, size);
            size = round % 7 == 0 ? size : Put(p, block, size);
            size = Put(odd ? digest : p, block, size);
            SHA256.HashData(block.AsSpan(0, size), digest);
        }

        return Encode(digest);
    }

    private static int Put(byte[] part, byte[] block, int at)
    {
        part.CopyTo(block, at);
        return at + part.Length;
    }

    private static byte[] Repeated(byte[] block, int length) => [.. Enumerable.Range(0, length).Select(i => block[i % block.Length])];

    // Three bytes, 10 places apart and turning, give four characters, lowest bits first.
    private static string Encode(byte[] digest)
    {
        var text = new StringBuilder(Digest);
        var (a, b, c) = (0, 10, 20);
        for (var group = 0; group < 10; group++)
        {
            Append(text, (digest[a] << 16) | (digest[b] << 8) | digest[c], 4);
            (a, b, c) = (c + 1, a + 1, b + 1);
        }

        Append(text, (digest[31] << 8) | digest[30], 3);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int bits, int count)
    {
        for (var i = 0; i < count; i++, bits >>= 6)
        {
            text.Append(Alphabet[bits & 63]);
        }
    }
}
