using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Takes servers out of the traffic through HAProxy's runtime API (management guide, section 9.3).</summary>
internal static class ServerDraining
{
    private const string Client = "/run/converge-haproxy.pl";

    // Of all that can talk to a socket, perl-base alone is on every Debian. What HAProxy does not know is left alone: it runs with another
    // configuration, or not yet. So is what an operator has taken out: only what has our mark is brought back. Sessions are waited for, and so is
    // a server that comes back until its check has found it well: it may be the one that has to take over next.
    private const string Text = """
        use strict; use IO::Socket::UNIX;
        my ($socket, $verb, $host, @servers) = @ARGV;
        my ($client, $bad, @said) = (undef, 0);
        my ($timer, $way) = ("converge-ready-$host", "/run/converge-way-back/drained-$host");
        sub word { my ($word) = @_; $word =~ s/'/'\\''/g; "'$word'" }
        sub ask { $client = IO::Socket::UNIX->new(Peer => $socket) or return ''; print $client "$_[0]\n"; local $/; <$client> // '' }
        sub nap { select undef, undef, undef, 0.05 }
        sub mark { (my $file = "/run/converge-drained-$_[0]") =~ s{/(?=[^/]*$)}{:}; $file }
        sub states { my ($backend) = @_; map { [@$_[3, 5, 6]] } grep { @$_ > 6 } map { [split ' '] } grep { /^\d+ / } split /\n/, ask("show servers state $backend") }
        sub well { my ($backend) = @_; map { $_->[0] } grep { $_->[1] == 2 && $_->[2] == 0 } states($backend) }
        sub busy { my ($backend, $name) = @_; my ($line) = grep { /^\Q$backend\E,\Q$name\E,/ } split /\n/, ask('show stat'); $line ? (split /,/, $line)[4] : 0 }
        if ($verb eq 'drain') {
          exit unless -d '/run/systemd/system';
          my @known = grep { my ($backend, $name) = split m{/}; grep { $_->[0] eq $name && ($_->[2] == 0 || -e mark("$backend/$name")) } states($backend) } @servers or exit;
          system 'systemctl', 'stop', '--quiet', "$timer.timer" if grep { -e mark($_) } @known;
          system('systemd-run', '--quiet', '--collect', "--unit=$timer", '--on-active=900', $^X, $0, $socket, 'ready', $host, @servers) == 0 or exit 1;
          mkdir $_, 0700 for '/run/converge-way-back', $way;
          open my $fire, '>', "$way/fire" or die "$!\n"; print $fire 'exec ', join(' ', map { word($_) } $^X, $0, $socket, 'ready', $host, @servers), " >/dev/null 2>&1\n"; close $fire or die "$!\n";
          for (@known) {
            my ($backend, $name) = split m{/};
            if (!grep { $_ ne $name } well($backend)) { push @said, "$_ not drained, no other is well"; next }
            open my $mark, '>', mark($_) or die "$!\n"; close $mark;
            my $answer = ask("set server $_ state drain"); $answer =~ s/\s+/ /g; if ($answer =~ /\S/) { $bad = 1; push @said, "$_: $answer"; next }
            for my $try (1 .. 200) { last unless busy($backend, $name); nap }
            push @said, "$_ drained" . (busy($backend, $name) ? ' with sessions left after 10 s' : '');
          }
          print join ', ', @said;
        } else {
          for (grep { -e mark($_) } @servers) {
            my ($backend, $name) = split m{/};
            ask("set server $_ state ready"); unlink mark($_);
            my @there = grep { $_->[0] eq $name } states($backend);
            for my $try (1 .. 400) { last if !@there || grep { $_ eq $name } well($backend); nap }
            if (@there && !grep { $_ eq $name } well($backend)) { push @said, "$_ is not well after 20 s"; $bad = 1 }
          }
          unlink "$way/fire"; rmdir $way;
          system 'systemctl', 'stop', '--quiet', "$timer.timer" if -e "/run/systemd/transient/$timer.timer";
          print STDERR join ', ', @said;
        }
        exit $bad;
        """;

    /// <summary>One for each host of the fleet that is a server.</summary>
    public static IEnumerable<Draining> Of(Haproxy haproxy)
    {
        var socket = haproxy.Global.StatsSockets.FirstOrDefault(s => s.Level == "admin" && s.Address.StartsWith('/'))?.Address;
        var servers = haproxy.Serving.SelectMany(section => section.Servers.Where(s => s.Endpoint is not null).Select(server => (section, server)));
        foreach (var host in servers.GroupBy(s => s.server.Endpoint!.Host))
        {
            var names = host.Select(s => $"{s.section.Name}/{s.server.Name}").ToList();
            var alone = host.FirstOrDefault(s => s.section.Servers.Count == 1 && s.server.Slots is null).section;
            yield return socket is null ? new Draining(host.Key, [], []) { WhyNot = "HAProxy has no admin socket" }
                : alone is not null ? new Draining(host.Key, [], []) { WhyNot = $"the only server of {alone.Name}" }
                : Drain(host.Key, socket, names);
        }
    }

    // Should we die before we can, the next run brings the server back as it takes the balancer's lock, as it takes all ways back that are open;
    // else a timer of the balancer does, which the script sets.
    private static Draining Drain(Host server, string socket, IReadOnlyList<string> names) => new(
        server,
        [new PutFile(Client, Text) { Owner = "root", Group = "root", Mode = Mode.Octal("0600") }, Run(server, socket, "drain", names)],
        [Run(server, socket, "ready", names)]);

    private static RunProgram Run(Host server, string socket, string verb, IReadOnlyList<string> names) =>
        new("perl", [Client, socket, verb, server.Name, .. names]) { Shown = [verb == "drain" ? "drain" : "undrain", .. names] };
}
