using System.Collections.Generic;
using Converge.Bench.Measuring;

namespace Converge.Bench.Hosts;

/// <summary><c>ssh HOST true</c> to many hosts: what no tool that logs in with OpenSSH can be faster than.</summary>
internal static class ParallelSsh
{
    /// <summary>The exchange that Converge agrees on with the sshd of Debian bookworm.</summary>
    public const string SameExchange = "curve25519-sha256";

    /// <summary>xargs keeps so many at work. It fails when one of them fails.</summary>
    /// <param name="sshConfig">Has all hosts.</param>
    /// <param name="hostList">A file of host names.</param>
    /// <param name="atATime">How many run at a time.</param>
    /// <param name="keyExchange">Null: OpenSSH's default.</param>
    public static ShellCommand True(string sshConfig, string hostList, int atATime, string? keyExchange) => new(
        "xargs",
        [
            "-a", hostList, "-P", atATime.ToString(), "-I{}",
            "ssh", "-n", "-F", sshConfig, .. KeyExchange(keyExchange), "{}", "true",
        ]);

    public static IReadOnlyList<string> KeyExchange(string? name) => name is null ? [] : ["-o", $"KexAlgorithms={name}"];
}
