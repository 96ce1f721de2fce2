using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Converge.Sessions.Ssh;

namespace Converge.Core.Tests.Sessions.Ssh;

public sealed class KnownHostsTests
{
    private static readonly byte[] Key = [1, 2, 3, 4];
    private static readonly byte[] OtherKey = [5, 6, 7, 8];

    [Theory]
    [InlineData("10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("10.0.0.1 ssh-ed25519 AQIDBA== comment with words", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("\t10.0.0.1\tssh-ed25519   AQIDBA==\r", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.2", HostKeyVerdict.Unknown)]
    [InlineData("10.0.0.1 ssh-ed25519 BQYHCA==", "10.0.0.1", HostKeyVerdict.Changed)]
    [InlineData("10.0.0.1 ssh-rsa AQIDBA==", "10.0.0.1", HostKeyVerdict.Changed)]
    [InlineData("10.0.0.1 ssh-ed25519 BQYHCA==\n10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("web1,10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("Web1.Example.COM ssh-ed25519 AQIDBA==", "web1.example.com", HostKeyVerdict.Known)]
    [InlineData("*.example.com,!bad.example.com ssh-ed25519 AQIDBA==", "web1.example.com", HostKeyVerdict.Known)]
    [InlineData("*.example.com,!bad.example.com ssh-ed25519 AQIDBA==", "bad.example.com", HostKeyVerdict.Unknown)]
    [InlineData("10.0.0.? ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("[10.0.0.1]:2222 ssh-ed25519 AQIDBA==", "[10.0.0.1]:2222", HostKeyVerdict.Known)]
    [InlineData("[10.0.0.1]:2222 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("10.0.0.1 ssh-ed25519 AQIDBA==", "[10.0.0.1]:2222", HostKeyVerdict.Unknown)]
    [InlineData("@revoked * ssh-ed25519 AQIDBA==\n10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Revoked)]
    [InlineData("@revoked 10.0.0.1 ssh-ed25519 BQYHCA==", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("@cert-authority 10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.VouchedFor)]
    [InlineData("@cert-authority * ssh-ed25519 AQIDBA==\n10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Known)]
    [InlineData("# 10.0.0.1 ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("10.0.0.1 ssh-ed25519", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("10.0.0.1 ssh-ed25519 not*base64", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("|1|bad|worse ssh-ed25519 AQIDBA==", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("@", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("@revoked", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("", "10.0.0.1", HostKeyVerdict.Unknown)]
    [InlineData("\0\u001e\n\n  \n ,, , ,\n! ! AQID", "10.0.0.1", HostKeyVerdict.Unknown)]
    public void A_key_is_judged_by_what_is_on_record(string text, string name, object verdict)
    {
        var known = new KnownHosts(KnownHostsEntry.ParseAll(text, "known_hosts"));

        Assert.Equal(verdict, known.Judge(name, "ssh-ed25519", Key));
    }

    [Fact]
    public void A_hashed_name_is_found()
    {
        var salt = Encoding.ASCII.GetBytes("twenty bytes of salt");
#pragma warning disable CA5350 // The format prescribes it.
        var hash = HMACSHA1.HashData(salt, Encoding.ASCII.GetBytes("[10.0.0.1]:2222"));
#pragma warning restore CA5350
        var known = new KnownHosts(KnownHostsEntry.ParseAll($"|1|{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)} ssh-ed25519 AQIDBA==", "known_hosts"));

        Assert.Equal(HostKeyVerdict.Known, known.Judge("[10.0.0.1]:2222", "ssh-ed25519", Key));
        Assert.Equal(HostKeyVerdict.Changed, known.Judge("[10.0.0.1]:2222", "ssh-ed25519", OtherKey));
        Assert.Equal(HostKeyVerdict.Unknown, known.Judge("10.0.0.1", "ssh-ed25519", Key));
    }

    [Fact]
    public void Entries_know_their_place_and_their_fingerprint()
    {
        var entries = KnownHostsEntry.ParseAll("# comment\n\n10.0.0.1 ssh-ed25519 AQIDBA==\n", "/root/.ssh/known_hosts");

        Assert.Equal("/root/.ssh/known_hosts:3", Assert.Single(entries).Place);
        Assert.Equal("SHA256:n2SnR+GfxMfq0a0R3EtrD5yK3IMGSGm3zDGKWvMGDqQ".Length, entries[0].Fingerprint.Length);
    }

    [Fact]
    public void Garbage_never_throws()
    {
        var random = new Random(3);
        var pieces = new[] { "@revoked", "@cert-authority", "|1|", "|", "AQIDBA==", "ssh-rsa", " ", "\t", "\n", ",", "!", "*", "[", "]:22", "#", "\0", "é", "=" };
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));

            var known = new KnownHosts(KnownHostsEntry.ParseAll(text, "known_hosts"));

            Assert.Contains(known.Judge("10.0.0.1", "ssh-ed25519", Key), Enum.GetValues<HostKeyVerdict>());
        }
    }
}
