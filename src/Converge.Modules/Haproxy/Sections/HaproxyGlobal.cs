using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What holds for the whole process of HAProxy. The defaults are those of Debian's package.</summary>
public sealed record HaproxyGlobal
{
    /// <summary>Where to log. Default: <c>/dev/log</c>, facility local0, and what is at least a notice also to local1.</summary>
    public IList<LogTarget> Log { get; init; } = [new("/dev/log", "local0"), new("/dev/log", "local1") { Level = "notice" }];

    /// <summary>The folder in which workers are locked up. Null: none.</summary>
    public string? Chroot { get; init; } = "/var/lib/haproxy";

    /// <summary>The user that workers become.</summary>
    public string? User { get; init; } = "haproxy";

    /// <summary>The group that workers become.</summary>
    public string? Group { get; init; } = "haproxy";

    /// <summary>Where the runtime API listens. Default: one socket for root and the group.</summary>
    public IList<StatsSocket> StatsSockets { get; init; } = [new("/run/haproxy/admin.sock")];

    /// <summary>A silent client of the runtime API is dropped.</summary>
    public TimeSpan? StatsTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections at a time, over all frontends. Null: what the limits of the process allow.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Threads. Null: one for each processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Folder of authorities that are named by a relative path.</summary>
    public string? AuthorityFolder { get; init; } = "/etc/ssl/certs";

    /// <summary>Folder of certificates that are named by a relative path.</summary>
    public string? CertificateFolder { get; init; } = "/etc/ssl/private";

    /// <summary>Options of every bind with TLS.</summary>
    public string? TlsBindOptions { get; init; } = "ssl-min-ver TLSv1.2 no-tls-tickets";

    /// <summary>Ciphers up to TLS 1.2 of every bind with TLS. Null: those of the library.</summary>
    public string? TlsBindCiphers { get; init; }

    /// <summary>Cipher suites of TLS 1.3 of every bind with TLS. Null: those of the library.</summary>
    public string? TlsBindCipherSuites { get; init; }

    /// <summary>After a reload an old worker is stopped after so long, whatever connections it still has. Null: never.</summary>
    public TimeSpan? HardStopAfter { get; init; }

    /// <summary>Percentage by which checks are spread in time, 0 to 50. Null: not.</summary>
    public int? SpreadChecks { get; init; }

    /// <summary>Scripts in Lua.</summary>
    public IList<string> Lua { get; init; } = [];

    /// <summary>Settings whose name begins with <c>tune.</c>, without it: <c>["bufsize"] = "32768"</c>.</summary>
    public IDictionary<string, string> Tune { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further lines.</summary>
    public IList<RawLine> Lines { get; init; } = [];

    internal SectionLines ToLines(string? localPeer)
    {
        var section = new SectionLines("global");
        foreach (var target in Log)
        {
            section.Add(target.Line);
        }

        section.AddIf("chroot", Chroot);
        foreach (var socket in StatsSockets)
        {
            section.Add(socket.Line);
        }

        section.AddIf("stats timeout", StatsTimeout);
        section.AddIf("user", User);
        section.AddIf("group", Group);
        section.Add("daemon");
        section.AddIf("localpeer", localPeer);
        section.AddIf("maxconn", MaxConnections);
        section.AddIf("nbthread", Threads);
        section.AddIf("hard-stop-after", HardStopAfter);
        section.AddIf("spread-checks", SpreadChecks);
        section.AddIf("ca-base", AuthorityFolder);
        section.AddIf("crt-base", CertificateFolder);
        section.AddIf("ssl-default-bind-ciphers", TlsBindCiphers);
        section.AddIf("ssl-default-bind-ciphersuites", TlsBindCipherSuites);
        section.AddIf("ssl-default-bind-options", TlsBindOptions);
        foreach (var (name, value) in Tune)
        {
            section.Add($"tune.{name} {value}");
        }

        foreach (var script in Lua)
        {
            section.Add($"lua-load {HaproxyText.Word(script)}");
        }

        return section;
    }
}

/// <summary>A socket of the runtime API.</summary>
/// <param name="Address">A path, or an address with port.</param>
public sealed record StatsSocket(string Address)
{
    /// <summary>Octal mode of a path.</summary>
    public string Mode { get; init; } = "660";

    /// <summary><c>user</c>, <c>operator</c> or <c>admin</c>.</summary>
    public string Level { get; init; } = "admin";

    internal string Line => $"stats socket {Address}{(Address.StartsWith('/') ? $" mode {Mode}" : "")} level {Level}";
}
