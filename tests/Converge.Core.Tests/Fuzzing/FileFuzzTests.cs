using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Converge.Planning;
using Converge.Sessions;
using Converge.Sessions.Ssh;
using CsCheck;

namespace Converge.Core.Tests.Fuzzing;

/// <summary>Files of the controller that may hold anything.</summary>
public sealed class FileFuzzTests : IDisposable
{
    private static readonly PlanKey _key = PlanKey.Random();

    private static readonly Gen<string> _anyText = Gen.OneOf<string>(Gen.Char['\0', '\u0100'].Array[0, 40].Select(c => new string(c)), Gen.String);

    private static readonly Gen<string> _knownHosts = Lines(
        Gen.OneOf<string>("@revoked", "@cert-authority", "@", "#", "|1|", "|1|AAAA|BBBB", "|1|a|b|c", "web", "[web]:22", "*", "!web", "we?", ",", "ssh-ed25519", "AAAA", "===", "AAAAC3NzaC1lZDI1NTE5"), " ");

    private static readonly Gen<string> _config = Lines(
        Gen.OneOf<string>("Host", "Match", "all", "Include", "/dev/null/*", "~", "~/x*", "*", "?", "!*", "Port", "22", "99999", "IdentityFile", "%h%%%u%", "%", "\"", "\"a b", "=", "HostName", "%h", "ProxyJump", "User", "#", "UserKnownHostsFile", "none"), " ");

    private readonly string _folder = Directory.CreateTempSubdirectory("converge-fuzz").FullName;

    [Fact]
    public void Known_hosts_that_make_no_sense_are_passed_over() => Gen.OneOf<string>(_knownHosts, _anyText).Sample(
        text =>
        {
            var known = new KnownHosts(KnownHostsEntry.ParseAll(text, "known_hosts"));
            known.Judge("web", "ssh-ed25519", [1, 2, 3]);
            known.KeyTypesOf("[web]:22");
        },
        iter: 5000);

    [Fact]
    public void An_ssh_config_gives_a_target_or_says_what_is_wrong() => Gen.OneOf<string>(_config, _anyText).Sample(
        text =>
        {
            var path = Path.Combine(_folder, Path.GetRandomFileName());
            File.WriteAllText(path, text);
            try
            {
                var target = new SshConfig(new SshOptions { ConfigFile = path, Home = _folder }).Resolve("web", "10.0.0.1");
                Assert.InRange(target.Port, 1, 65535);
            }
            catch (HostUnreachableException e)
            {
                Assert.NotEqual("", e.Message);
            }

            File.Delete(path);
        },
        iter: 3000);

    [Fact]
    public void A_saved_plan_is_the_one_that_was_written_or_is_refused()
    {
        var plan = new SavedPlan("0.1.0", DateTimeOffset.UnixEpoch, new SavedScript("a.csx", new Dictionary<string, string> { ["a.csx"] = "00" }, new Dictionary<string, string>()), _key.Id,
            [new SavedHost("web", [new SavedResource("file", "/etc/x", "a.csx:1", "00", "11", [new SavedChange("mode", "0644", "0600", Impact.None, false, null, null, ["chmod 600 /etc/x"])])])]);
        var path = Path.Combine(_folder, "a.plan");
        SavedPlanFile.Write(path, plan, _key);
        var good = SavedPlanFile.ReadBytes(path);
        var deep = Gen.Int[1, 100_000].Select(n => Encoding.UTF8.GetBytes("{\"format\": \"converge-plan\", \"version\": 1, \"plan\": " + new string('[', n)));
        var json = Gen.OneOf<string>("null", "1", "-1", "\"x\"", "[]", "{}", "[null]", "{\"a\":[]}", "1e999").Array[4]
            .Select(v => Encoding.UTF8.GetBytes($"{{\"format\": \"converge-plan\", \"version\": 1, \"plan\": {{\"converge\": {v[0]}, \"created\": {v[1]}, \"script\": {v[2]}, \"key\": \"\", \"hosts\": {v[3]}}}, \"checksum\": \"\"}}"));
        var edited = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 40], Gen.Byte.Array[0, 6]).Select((at, cut, with) => (byte[])[.. good[..at], .. with, .. good[Math.Min(good.Length, at + cut)..]]);

        Gen.OneOf<byte[]>(edited, edited, json, deep, Gen.Byte.Array).Sample(
            bytes =>
            {
                try
                {
                    Assert.Equal(good, SavedPlanFile.Read(path, bytes, _key) is { } read ? bytes : []);
                }
                catch (ConvergeException e)
                {
                    Assert.NotEqual("", e.Message);
                }
            },
            iter: 3000);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Gen<string> Lines(Gen<string> word, string between) =>
        word.Array[0, 6].Select(words => string.Join(between, words)).Array[0, 6].Select(lines => string.Join('\n', lines.Append("")));
}
