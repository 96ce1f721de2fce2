using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Converge.Sessions.Ssh;

/// <summary>The part of ssh_config(5) that says where and as whom to connect. The first value wins; settings of no concern are passed over.</summary>
internal sealed class SshConfig(SshOptions options)
{
    private static readonly string[] DefaultIdentities = ["id_ed25519", "id_ecdsa", "id_rsa"];

    private readonly ConcurrentDictionary<string, IReadOnlyList<SshConfigLine>> _files = new();
    private readonly ConcurrentDictionary<string, bool> _warned = new();

    /// <exception cref="HostUnreachableException">A given file does not exist, or the port is none.</exception>
    public SshTarget Resolve(string name, string address)
    {
        var values = new SshHostValues(name);
        foreach (var file in Files(name))
        {
            Apply(file, values, active: true, depth: 0);
        }

        var user = values.First("user") ?? Environment.UserName;
        var port = values.First("port") is { } text ? PortOf(name, text) : 22;
        var hostName = (values.First("hostname") ?? address).Replace("%h", name, StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);
        string Path(string path) => Expand(path, hostName, port, user, name);
        return new SshTarget(hostName, port, user)
        {
            IdentityFiles = values.IdentityFiles.Count > 0 ? [.. values.IdentityFiles.Select(Path)] : [.. DefaultIdentities.Select(i => Path($"~/.ssh/{i}"))],
            NamedHost = values.First("hostname") is not null,
            Detour = values.Detour,
            NamedIdentities = values.IdentityFiles.Count > 0,
            KnownHostsFiles = [.. (values.All("userknownhostsfile") ?? ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]).Where(f => f is not ("none" or "")).Select(Path)],
            AcceptNewHostKeys = options.AcceptNewHostKeys || values.First("stricthostkeychecking") is "accept-new" or "no" or "off",
        };
    }

    private IEnumerable<string> Files(string name)
    {
        if (options.ConfigFile is { } given)
        {
            return File.Exists(given)
                ? [given]
                : throw new HostUnreachableException(name, $"ssh_config {given} does not exist", "Give the path of a file that exists.");
        }

        return new[] { Path.Combine(options.Home, ".ssh", "config"), "/etc/ssh/ssh_config" }.Where(File.Exists);
    }

    private void Apply(string file, SshHostValues values, bool active, int depth)
    {
        foreach (var line in _files.GetOrAdd(file, Read))
        {
            switch (line.Keyword)
            {
                case "host":
                    active = HostPattern.MatchesList([.. line.Arguments], values.Name);
                    break;
                case "match":
                    active = line.Arguments is [var only] && only.Equals("all", StringComparison.OrdinalIgnoreCase);
                    WarnOfMatch(file, line, active);
                    break;
                case "include" when active && depth < 16:
                    foreach (var included in line.Arguments.SelectMany(p => Included(file, p)))
                    {
                        Apply(included, values, active: true, depth + 1);
                    }

                    break;
                default:
                    if (active)
                    {
                        values.Set(line);
                    }

                    break;
            }
        }
    }

    private void WarnOfMatch(string file, SshConfigLine line, bool followed)
    {
        if (!followed && _warned.TryAdd($"{file}:{line.Number}", true))
        {
            options.Warn?.Invoke($"{file}:{line.Number}: Match {string.Join(' ', line.Arguments)} is not supported: the settings below it are passed over");
        }
    }

    // Relative to ~/.ssh in a user's file, to /etc/ssh in the system's; wildcards in the last part of the path, as everybody uses them.
    private IEnumerable<string> Included(string includer, string pattern)
    {
        var folder = includer.StartsWith("/etc/ssh/", StringComparison.Ordinal) ? "/etc/ssh" : Path.Combine(options.Home, ".ssh");
        var path = Path.Combine(folder, Tilde(pattern));
        if (path.AsSpan().IndexOfAny('*', '?') < 0)
        {
            return File.Exists(path) ? [path] : [];
        }

        var parent = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path);
        return Directory.Exists(parent)
            ? Directory.EnumerateFiles(parent).Where(f => HostPattern.Matches(name, Path.GetFileName(f))).Order(StringComparer.Ordinal)
            : [];
    }

    private IReadOnlyList<SshConfigLine> Read(string file)
    {
        try
        {
            return SshConfigLine.ParseAll(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            options.Warn?.Invoke($"{file} cannot be read: {e.Message}");
            return [];
        }
    }

    private string Expand(string path, string hostName, int port, string user, string name)
    {
        var tokens = new Dictionary<char, string>
        {
            ['h'] = hostName,
            ['n'] = name,
            ['p'] = port.ToString(CultureInfo.InvariantCulture),
            ['r'] = user,
            ['u'] = Environment.UserName,
            ['d'] = options.Home,
            ['%'] = "%",
        };
        var pieces = Tilde(path).Split('%');
        var text = pieces[0];
        for (var i = 1; i < pieces.Length; i++)
        {
            // "%%" leaves an empty piece behind: the piece after it is plain text.
            if (pieces[i].Length == 0)
            {
                text += i + 1 < pieces.Length ? "%" + pieces[++i] : "%";
            }
            else
            {
                text += tokens.TryGetValue(pieces[i][0], out var value) ? value + pieces[i][1..] : "%" + pieces[i];
            }
        }

        return Path.GetFullPath(text);
    }

    private string Tilde(string path) => path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? options.Home + path[1..] : path;

    private static int PortOf(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new HostUnreachableException(name, $"ssh_config gives the port '{text}'", "A port is a number from 1 to 65535.");
}
