using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Converge.Sessions.Ssh;

namespace Converge.Sessions.OpenSsh;

/// <summary>
/// Where the control sockets of kept connections are. Whoever can connect to one acts as the login user on its host: the folder must be the
/// operator's own and closed to everybody else.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ControlFolder
{
    private const UnixFileMode OnlyMe = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int NameLength = 20;
    private const int SuffixLength = 7;

    // sun_path holds 108 bytes with the final NUL, and ssh binds to a name that is 17 longer before it renames.
    private const int LongestFolder = 107 - 17 - 1 - NameLength - SuffixLength;

    // Longer than any connection is kept.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(2);

    private readonly string _path;

    private ControlFolder(string path) => _path = path;

    /// <summary>In the runtime folder of the user's login, or else in the home.</summary>
    /// <exception cref="ConvergeException">There is no place that is closed to others.</exception>
    public static ControlFolder Open(SshOptions options)
    {
        var refusals = new List<string>();
        foreach (var path in Candidates(options))
        {
            try
            {
                Directory.CreateDirectory(path, OnlyMe);
                if (FileOwner.IsPrivate(path))
                {
                    RemoveAbandoned(path, options.Session.Time.GetUtcNow());
                    return new ControlFolder(path);
                }

                refusals.Add($"{path} belongs to somebody else or is open to others");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refusals.Add(e.Message);
            }
        }

        throw new ConvergeException(
            $"there is no safe place for the sockets of SSH connections: {string.Join("; ", refusals)}", "Close that folder to others, or run with --transport builtin, which needs none:\n    chmod 0700 FOLDER");
    }

    /// <summary>
    /// The socket for a target. What a connection was checked against is part of its name, so that one that was made before known_hosts or the
    /// ssh_config changed is not used after.
    /// </summary>
    public string SocketOf(string host, SshTarget target, string? config)
    {
        var text = new StringBuilder($"{host}\n{target}\n{target.Detour}\n{string.Join('\n', target.IdentityFiles)}\n");
        foreach (var file in target.KnownHostsFiles.Prepend(config ?? "/etc/ssh/ssh_config"))
        {
            var found = new FileInfo(file);
            text.Append(found.Exists ? $"{file} {found.Length} {found.LastWriteTimeUtc.Ticks}\n" : $"{file}\n");
        }

        return Path.Combine(_path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..NameLength]);
    }

    /// <summary>A name beside a socket's, which nobody else has.</summary>
    public static string NewNameFor(string socket) => $"{socket}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes((SuffixLength - 1) / 2))}";

    // A master that ends removes the name that it was started with, not the one that it has been given since.
    private static void RemoveAbandoned(string path, DateTimeOffset now)
    {
        foreach (var socket in new DirectoryInfo(path).EnumerateFiles().Where(f => now - f.LastWriteTimeUtc > AbandonedAfter))
        {
            socket.Delete();
        }
    }

    private static IEnumerable<string> Candidates(SshOptions options)
    {
        if (options.ControlFolder is { } given)
        {
            yield return given;
            yield break;
        }

        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && runtime.Length + "/converge".Length <= LongestFolder)
        {
            yield return Path.Combine(runtime, "converge");
        }

        yield return Path.Combine(options.Home, ".cache", "converge", "ssh");
    }
}
