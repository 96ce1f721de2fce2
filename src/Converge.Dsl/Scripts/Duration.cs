using System;
using System.Globalization;

namespace Converge.Scripts;

/// <summary>Reads time spans as people write them: <c>250ms</c>, <c>30s</c>, <c>1h30m</c>, <c>2d</c>; also .NET's <c>00:05:00</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryRead(string text, out TimeSpan duration)
    {
        if (text.Contains(':'))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);

        duration = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty || rest.Length > 32)
            return false;

        try
        {
            while (!rest.IsEmpty)
            {
                if (!TryTake(ref rest, ref duration))
                    return false;
            }
        }
        catch (OverflowException)
        {
            return false;
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, ref TimeSpan duration)
    {
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9)
            return false;

        var unit = rest[digits..];
        var next = unit.IndexOfAnyInRange('0', '9');
        unit = next < 0 ? unit : unit[..next];
        foreach (var (name, length) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                duration += length * int.Parse(rest[..digits], CultureInfo.InvariantCulture);
                rest = rest[(digits + unit.Length)..];
                return true;
            }
        }

        return false;
    }
}
