using System;
using System.Linq;
using System.Text;
using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>Writes servers and their options, in the order in which people look for them.</summary>
internal static class ServerLine
{
    /// <summary>The whole line of a server.</summary>
    public static string Of(BackendServer server, IServingSection section)
    {
        var isChecked = section.Check is not null && section.DefaultServer?.Check is null;
        var named = server with
        {
            Check = server.Check ?? (isChecked ? true : null),
            Cookie = server.Cookie ?? (section.Cookie is { Mode: not CookieMode.Rewrite } ? server.Name : null),
        };
        var head = server.Slots is { } slots ? $"server-template {server.Name} {slots} {server.Address}" : $"server {server.Name} {server.Address}";
        return Options(named) is { Length: > 0 } options ? $"{head} {options}" : head;
    }

    /// <summary>The options alone.</summary>
    public static string Options(BackendServer server)
    {
        var words = new StringBuilder();
        Checks(server, words);
        Share(server, words);
        Reactions(server, words);
        Connecting(server, words);
        return words.ToString().TrimStart();
    }

    private static void Checks(BackendServer server, StringBuilder words)
    {
        words.Append(server.Check switch { true => " check", false => " no-check", null => "" });
        Append(words, "inter", server.Inter);
        Append(words, "fastinter", server.FastInter);
        Append(words, "downinter", server.DownInter);
        Append(words, "rise", server.Rise?.ToString());
        Append(words, "fall", server.Fall?.ToString());
        Append(words, "port", server.CheckPort?.ToString());
        Append(words, "addr", server.CheckAddress);
        words.Append(server.CheckTls ? " check-ssl" : "").Append(server is { CheckTls: true, Tls: null } ? " verify none" : "");
        Append(words, "check-sni", server.CheckSni);
        words.Append(server.CheckSendProxy ? " check-send-proxy" : "");
        words.Append(server.AgentPort is { } agent ? $" agent-check agent-port {agent}" : "");
        Append(words, "agent-inter", server.AgentInter);
    }

    private static void Share(BackendServer server, StringBuilder words)
    {
        Append(words, "weight", server.Weight?.ToString());
        words.Append(server.Backup ? " backup" : "").Append(server.Disabled ? " disabled" : "");
        Append(words, "cookie", server.Cookie is null ? null : Word(server.Cookie));
        Append(words, "maxconn", server.MaxConnections?.ToString());
        Append(words, "minconn", server.MinConnections?.ToString());
        Append(words, "maxqueue", server.MaxQueue?.ToString());
        Append(words, "slowstart", server.SlowStart);
    }

    private static void Reactions(BackendServer server, StringBuilder words)
    {
        Append(words, "observe", server.Observe);
        Append(words, "error-limit", server.ErrorLimit?.ToString());
        Append(words, "on-error", server.OnError);
        words.Append(server.ShutdownSessionsWhenDown ? " on-marked-down shutdown-sessions" : "");
        words.Append(server.ShutdownBackupSessionsWhenUp ? " on-marked-up shutdown-backup-sessions" : "");
        Append(words, "track", server.Track);
    }

    private static void Connecting(BackendServer server, StringBuilder words)
    {
        words.Append(server.SendProxy switch { null => "", ProxyHeader.V1 => " send-proxy", _ => " send-proxy-v2" });
        if (server.Tls is { } tls)
        {
            words.Append(tls.Verify ? $" ssl verify required ca-file {Word(tls.Authority)}" : " ssl verify none");
            Append(words, "verifyhost", tls.VerifyHost);
            Append(words, "sni", tls.Sni);
            Append(words, "alpn", tls.Alpn.Any() ? string.Join(',', tls.Alpn) : null);
            Append(words, "crt", tls.Certificate is null ? null : Word(tls.Certificate));
        }

        Append(words, "proto", server.Protocol);
        Append(words, "resolvers", server.Resolvers);
        Append(words, "resolve-prefer", server.ResolvePrefer);
        Append(words, "init-addr", server.InitialAddress);
        Append(words, "source", server.Source);
        Append(words, "pool-max-conn", server.PoolMaxConnections?.ToString());
        Append(words, "pool-purge-delay", server.PoolPurgeDelay);
        words.Append(server.Extra is null ? "" : $" {server.Extra}");
    }

    private static void Append(StringBuilder words, string name, TimeSpan? value) => Append(words, name, value is { } time ? Time(time, name) : null);

    private static void Append(StringBuilder words, string name, string? value) => words.Append(value is null ? "" : $" {name} {value}");
}
