using System;

namespace Converge.Sessions.Ssh;

/// <summary>The patterns of ssh_config and known_hosts: <c>*</c> is any text, <c>?</c> any character, <c>!</c> in front denies. See ssh_config(5).</summary>
internal static class HostPattern
{
    /// <summary>Whether a list of patterns takes the name: one must, and none with <c>!</c> may.</summary>
    public static bool MatchesList(ReadOnlySpan<string> patterns, string name)
    {
        var matched = false;
        foreach (var pattern in patterns)
        {
            if (pattern.StartsWith('!'))
            {
                if (Matches(pattern.AsSpan(1), name))
                {
                    return false;
                }
            }
            else
            {
                matched |= Matches(pattern, name);
            }
        }

        return matched;
    }

    /// <summary>Whether one pattern takes the whole name.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                (p, n) = (p + 1, n + 1);
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (p, n) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
