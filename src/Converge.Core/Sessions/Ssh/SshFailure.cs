using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using Renci.SshNet.Common;

namespace Converge.Sessions.Ssh;

/// <summary>Words for why a host was not reached by SSH.</summary>
internal static class SshFailure
{
    public static HostUnreachableException From(string host, SshTarget target, Exception e, TimeSpan timeout) => e switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            NoName(host, target, e),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Refused(host, target, e),
        SocketException { SocketErrorCode: SocketError.TimedOut } or SshOperationTimeoutException or OperationCanceledException => NoAnswer(host, target, timeout, e),
        SocketException socket => NoRoute(host, target, socket.Message, e),
        _ => new(host, $"no SSH connection to {target}: {e.Message.TrimEnd('.')}", $"To see more, run:\n    ssh -v {Destination(target)} true", e),
    };

    public static HostUnreachableException NoName(string host, SshTarget target, Exception? e = null) =>
        new(host, $"the name {target.HostName} cannot be resolved", "Give the host an address in the script, or a HostName in ssh_config.", e);

    public static HostUnreachableException Refused(string host, SshTarget target, Exception? e = null) =>
        new(host, $"{target.HostName} refuses connections to port {target.Port}", "Is sshd running there, and is that its port?", e);

    public static HostUnreachableException NoAnswer(string host, SshTarget target, TimeSpan timeout, Exception? e = null) =>
        new(host, $"{target.HostName} does not answer on port {target.Port}: waited {timeout.TotalSeconds:0} seconds", "Is the host up, and does a firewall let this machine in?", e);

    public static HostUnreachableException NoRoute(string host, SshTarget target, string why, Exception? e = null) =>
        new(host, $"{target.HostName} cannot be reached: {why}", "Is the host up, and is that its address? A HostName in ssh_config counts before the address in the script.", e);

    public static HostUnreachableException From(string host, SshTarget target, Refusal refusal) => refusal.Verdict switch
    {
        HostKeyVerdict.Changed => new(host, $"""
            the key of {target.KnownName} is not the one on record
                now:       {refusal.KeyType} {refusal.Fingerprint}
            {string.Join('\n', refusal.OnRecord.Select(e => $"    on record: {e.KeyType} {e.Fingerprint} at {e.Place}"))}
            """, $"Either the host was installed anew, or somebody sits in between. If you know that it was, forget the old key, and accept the new one:\n{string.Join('\n', Files(refusal).Select(f => $"    ssh-keygen -R {ShellQuote.ForReading(target.KnownName)} -f {ShellQuote.ForReading(f)}"))}\n    (then run again with --accept-new-host-keys)"),
        HostKeyVerdict.Revoked => new(host, $"the key of {target.KnownName} is revoked: {refusal.KeyType} {refusal.Fingerprint}", "Give the host a new key: somebody may hold the old one."),
        HostKeyVerdict.VouchedFor => new(host, $"for {target.KnownName}, known_hosts has a certificate authority only, and host certificates are not supported",
            $"Add the host's own key, {refusal.KeyType} {refusal.Fingerprint}, to known_hosts."),
        _ when refusal.CannotRecord is { } why => new(host, $"the new key of {target.KnownName} cannot be recorded: {why}", "Name a file that can be written as UserKnownHostsFile in ssh_config."),
        _ => new(host, $"the key of {target.KnownName} is unknown: {refusal.KeyType} {refusal.Fingerprint}",
            "Compare it with what the host itself shows (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub). If it is right, run again with --accept-new-host-keys."),
    };

    /// <summary>The host has no key of a type that is on record, so none could be compared.</summary>
    public static HostUnreachableException NoKnownKeyType(string host, SshTarget target, IReadOnlyList<string> types, Exception e) =>
        new(host, $"{target.KnownName} has no host key of a type on record ({string.Join(", ", types)})",
            $"If you know that its keys were replaced, forget the old ones:\n{string.Join('\n', target.KnownHostsFiles.Take(1).Select(f => $"    ssh-keygen -R {ShellQuote.ForReading(target.KnownName)} -f {ShellQuote.ForReading(f)}"))}", e);

    public static HostUnreachableException NotLetIn(string host, SshTarget target, IReadOnlyList<KeyLoad> keys, bool named, Exception? e)
    {
        var told = keys.Where(k => named || k.Identity is not null || k.Fate != "does not exist").ToList();
        var tried = told.Count == 0 ? "\n    no private key was found in ~/.ssh" : string.Concat(told.Select(k => $"\n    {k.Path} {k.Fate}"));
        return new(host, $"{target} does not let us in{tried}",
            $"Put the public key into ~{target.User}/.ssh/authorized_keys on the host, or name another key with IdentityFile in ssh_config. Keys that only an ssh-agent has are not used.", e);
    }

    private static IEnumerable<string> Files(Refusal refusal) => refusal.OnRecord.Select(e => e.Place[..e.Place.LastIndexOf(':')]).Distinct();

    private static string Destination(SshTarget target) => target.Port == 22 ? $"{target.User}@{target.HostName}" : $"-p {target.Port} {target.User}@{target.HostName}";
}
