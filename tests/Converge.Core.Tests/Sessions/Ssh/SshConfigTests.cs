using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Sessions.Ssh;

namespace Converge.Core.Tests.Sessions.Ssh;

public sealed class SshConfigTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("converge-home-").FullName;
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("", "root-or-me@10.0.0.1")]
    [InlineData("Host web1\n  HostName 192.0.2.7\n  Port 2222\n  User deploy", "deploy@192.0.2.7 port 2222")]
    [InlineData("host web1\nhostname=192.0.2.7\nPORT = 2222\nuser \"deploy\"", "deploy@192.0.2.7 port 2222")]
    [InlineData("Host web*\n User first\nHost *\n User second", "first@10.0.0.1")]
    [InlineData("Host *\n User first\nHost web1\n User second", "first@10.0.0.1")]
    [InlineData("Host * !web1\n User other\nHost web?\n User me", "me@10.0.0.1")]
    [InlineData("Host db1 web1\n User both", "both@10.0.0.1")]
    [InlineData("User global\nHost web1\n User later", "global@10.0.0.1")]
    [InlineData("Host web1\n HostName %h.example.com\n User u", "u@web1.example.com")]
    [InlineData("Host web1\n\tUser u # comment\n# User v", "u@10.0.0.1")]
    [InlineData("Host web1\r\n  User u\r\n", "u@10.0.0.1")]
    [InlineData("Host web1\n User u\n ForwardAgent yes\n NoSuchKeyword x y z\n ProxyJump none", "u@10.0.0.1")]
    [InlineData("Host other\n ProxyJump bastion\nHost web1\n User u", "u@10.0.0.1")]
    [InlineData("Match all\n User u", "u@10.0.0.1")]
    [InlineData("Match host web1\n User m\nHost web1\n User u", "u@10.0.0.1")]
    public void A_host_is_resolved(string config, string expected)
    {
        var target = Resolve(config);

        Assert.Equal(expected.Replace("root-or-me", Environment.UserName, StringComparison.Ordinal), target.ToString());
    }

    [Fact]
    public void Without_settings_the_usual_files_are_used()
    {
        var target = Resolve("");

        Assert.Equal([$"{_home}/.ssh/id_ed25519", $"{_home}/.ssh/id_ecdsa", $"{_home}/.ssh/id_rsa"], target.IdentityFiles);
        Assert.Equal([$"{_home}/.ssh/known_hosts", $"{_home}/.ssh/known_hosts2"], target.KnownHostsFiles);
        Assert.False(target.AcceptNewHostKeys);
    }

    [Fact]
    public void Tokens_and_the_home_are_filled_in()
    {
        var target = Resolve("""
            Host web1
              HostName 192.0.2.7
              User deploy
              Port 2222
              IdentityFile ~/.ssh/%r@%h
              IdentityFile %d/keys/%n-%p-100%%
              IdentityFile "/keys/with blank"
              UserKnownHostsFile ~/known_a "~/known b"
            """);

        Assert.Equal([$"{_home}/.ssh/deploy@192.0.2.7", $"{_home}/keys/web1-2222-100%", "/keys/with blank"], target.IdentityFiles);
        Assert.Equal([$"{_home}/known_a", $"{_home}/known b"], target.KnownHostsFiles);
    }

    [Theory]
    [InlineData("yes", false)]
    [InlineData("ask", false)]
    [InlineData("accept-new", true)]
    [InlineData("no", true)]
    public void New_host_keys_are_accepted_only_where_that_is_said(string value, bool accepts) =>
        Assert.Equal(accepts, Resolve($"StrictHostKeyChecking {value}").AcceptNewHostKeys);

    [Fact]
    public void Included_files_are_read_in_their_place()
    {
        Write(".ssh/conf.d/10-a", "User from-a");
        Write(".ssh/conf.d/20-b", "User from-b\nPort 2022");
        Write(".ssh/conf.d/30-other", "Host db*\n Port 1\n");

        var target = Resolve("Include conf.d/*\nHost web1\n User direct");

        Assert.Equal("from-a@10.0.0.1 port 2022", target.ToString());
    }

    [Fact]
    public void An_include_below_a_host_counts_for_that_host_only()
    {
        Write(".ssh/extra", "User extra");

        Assert.Equal("extra@10.0.0.1", Resolve("Host web1\n Include extra").ToString());
        Assert.Equal($"{Environment.UserName}@10.0.0.1", Resolve("Host db1\n Include extra").ToString());
    }

    [Fact]
    public void A_file_that_includes_itself_comes_to_an_end()
    {
        Write(".ssh/loop", "Include loop\nUser looped");

        Assert.Equal("looped@10.0.0.1", Resolve("Include loop").ToString());
    }

    [Theory]
    [InlineData("ProxyJump bastion")]
    [InlineData("ProxyCommand ssh -W %h:%p bastion")]
    public async Task The_built_in_ssh_says_that_it_takes_no_detour(string config)
    {
        Write(".ssh/config", config);

        var error = await Assert.ThrowsAsync<HostUnreachableException>(
            () => new SshConnector(new SshOptions { Home = _home }).ConnectAsync(new Fleet().Host("web1"), TestContext.Current.CancellationToken));

        Assert.Equal($"ssh_config sends it through {config}, which the built-in SSH does not follow", error.Message);
        Assert.Contains("--transport openssh", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Port ssh", "ssh_config gives the port 'ssh'")]
    [InlineData("Port 0", "ssh_config gives the port '0'")]
    public void A_port_that_is_none_is_an_error(string config, string message)
    {
        var error = Assert.Throws<HostUnreachableException>(() => Resolve(config));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_match_that_is_passed_over_is_said_once()
    {
        Write(".ssh/config", "\nMatch exec \"true\"\n User m");
        var config = new SshConfig(new SshOptions { Home = _home, Warn = _warnings.Add });

        config.Resolve("web1", "10.0.0.1");
        config.Resolve("web2", "10.0.0.2");

        Assert.Equal([$"{_home}/.ssh/config:2: Match exec true is not supported: the settings below it are passed over"], _warnings);
    }

    [Fact]
    public void A_given_file_replaces_the_usual_ones()
    {
        Write(".ssh/config", "User usual\nPort 2222");
        Write("given", "User given");

        var target = new SshConfig(new SshOptions { Home = _home, ConfigFile = Path.Combine(_home, "given") }).Resolve("web1", "10.0.0.1");

        Assert.Equal("given@10.0.0.1", target.ToString());
        Assert.Throws<HostUnreachableException>(() => new SshConfig(new SshOptions { Home = _home, ConfigFile = "/nowhere" }).Resolve("web1", "10.0.0.1"));
    }

    [Fact]
    public void Garbage_never_crashes()
    {
        var random = new Random(5);
        var pieces = new[] { "Host", "Include", "User", "Match", "all", "IdentityFile", " ", "\t", "\n", "=", "\"", "*", "?", "!", "%", "%h", "%%", "~", "/", "#", "\0", "é" };
        for (var i = 0; i < 1000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Resolve(text);
            }
            catch (HostUnreachableException)
            {
                // Refused in words is as good.
            }
        }
    }

    private SshTarget Resolve(string config)
    {
        Write(".ssh/config", config);
        return new SshConfig(new SshOptions { Home = _home, ConfigFile = Path.Combine(_home, ".ssh/config"), Warn = _warnings.Add }).Resolve("web1", "10.0.0.1");
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_home, name))!);
        File.WriteAllText(Path.Combine(_home, name), text);
    }
}
