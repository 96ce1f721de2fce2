using System;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>
/// What MariaDB's <c>ed25519</c> stores: the public key that belongs to the password, in Base64 without padding. The password takes the place of
/// the seed of RFC 8032, 5.1.5, and may have any length.
/// </summary>
internal static class Ed25519Password
{
    private static readonly BigInteger _prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger _d = Mod(-121665 * Inverse(121666));

    // RFC 8032, 5.1: the base point.
    private static readonly Point _base = Point.Of(
        BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202", null),
        Mod(4 * Inverse(5)));

    public static string Of(string password)
    {
        var bits = SHA512.HashData(Encoding.UTF8.GetBytes(password))[..32];
        bits[0] &= 0xF8;
        bits[31] = (byte)((bits[31] & 0x7F) | 0x40);
        var key = Multiple(new BigInteger(bits, isUnsigned: true));
        return Convert.ToBase64String(Encode(key)).TrimEnd('=');
    }

    // Not in constant time: the one who waits is the one who knows the password.
    private static Point Multiple(BigInteger scalar)
    {
        var (sum, power) = (Point.Of(0, 1), _base);
        for (; scalar > 0; scalar >>= 1)
        {
            sum = scalar.IsEven ? sum : Add(sum, power);
            power = Add(power, power);
        }

        return sum;
    }

    // RFC 8032, 5.1.4: addition in extended coordinates, good for doubling too.
    private static Point Add(Point one, Point two)
    {
        var a = Mod((one.Y - one.X) * (two.Y - two.X));
        var b = Mod((one.Y + one.X) * (two.Y + two.X));
        var c = Mod(2 * one.T * two.T * _d);
        var d = Mod(2 * one.Z * two.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static byte[] Encode(Point point)
    {
        var z = Inverse(point.Z);
        var (x, y) = (Mod(point.X * z), Mod(point.Y * z));
        var bytes = new byte[32];
        y.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
        bytes[31] |= (byte)(x.IsEven ? 0 : 0x80);
        return bytes;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, _prime - 2, _prime);

    private static BigInteger Mod(BigInteger value) => (value % _prime + _prime) % _prime;

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public static Point Of(BigInteger x, BigInteger y) => new(x, y, 1, Mod(x * y));
    }
}
