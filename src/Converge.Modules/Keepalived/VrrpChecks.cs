using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Finds what is wrong with a cluster, seen by itself.</summary>
internal static partial class VrrpChecks
{
    // keepalived takes more, but only the first eight count (keepalived.conf(5), auth_pass).
    private const int SignificantCharacters = 8;

    private static readonly SearchValues<char> NotInCommands = SearchValues.Create("\"\\#!\n\r\0");

    public static IEnumerable<string> Of(VrrpCluster cluster) =>
        [.. Identity(cluster), .. Addresses(cluster), .. Protocol(cluster), .. Password(cluster), .. Scripts(cluster), .. Texts(cluster)];

    private static IEnumerable<string> Identity(VrrpCluster cluster)
    {
        if (!OneWord().IsMatch(cluster.Name))
        {
            yield return $"\"{Printable(cluster.Name)}\" is no name for a VRRP instance: letters, digits and _ . - only";
        }

        if (cluster.RouterId is < 1 or > 255)
        {
            yield return $"virtual router id {cluster.RouterId} is not between 1 and 255";
        }

        foreach (var (host, priority) in cluster.Priorities.Where(p => p.Value is < 1 or > 254))
        {
            yield return $"{host} has priority {priority}, which is not between 1 and 254 (255 is for the address's owner, and a shared address has none)";
        }
    }

    private static IEnumerable<string> Addresses(VrrpCluster cluster)
    {
        if (cluster.AddressMistake is { } mistake)
        {
            yield return mistake;
        }

        foreach (var text in cluster.FurtherAddresses)
        {
            if (WhyNoAddress(text) is { } why)
            {
                yield return why;
            }
            else if (SharedAddress.Parse(text).Address.Contains(':') != cluster.Vip.Address.Contains(':'))
            {
                yield return $"{text} is of another family than {cluster.Vip}: give it a cluster of its own";
            }
        }
    }

    private static IEnumerable<string> Protocol(VrrpCluster cluster)
    {
        if (cluster.EffectiveVersion is not (2 or 3))
        {
            yield return $"there is no VRRP version {cluster.EffectiveVersion}, only 2 and 3";
        }

        if (cluster.EffectiveVersion == 2 && cluster.Vip.Address.Contains(':'))
        {
            yield return "VRRP version 2 carries no IPv6 address: use version 3, without a password";
        }

        var interval = cluster.Interval;
        if (cluster.EffectiveVersion == 2 && (interval.Ticks % TimeSpan.TicksPerSecond != 0 || interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromSeconds(255)))
        {
            yield return $"an interval of {interval.TotalSeconds} s is not possible with VRRP version 2{(cluster.Password is null ? "" : ", which a password needs")}: 1 to 255 whole seconds";
        }

        if (cluster.EffectiveVersion == 3 && (interval.Ticks % (TimeSpan.TicksPerMillisecond * 10) != 0 || interval <= TimeSpan.Zero || interval > TimeSpan.FromSeconds(40.95)))
        {
            yield return $"an interval of {interval.TotalSeconds} s is not possible: 0.01 to 40.95 s in steps of 0.01 s";
        }

        if (!cluster.Preempt && cluster.PreemptDelay is not null)
        {
            yield return "PreemptDelay has no meaning without Preempt: a member that never takes the address back does not wait before it does";
        }

        if (cluster.PreemptDelay is { } delay && (delay < TimeSpan.Zero || delay > TimeSpan.FromSeconds(1000)))
        {
            yield return $"a PreemptDelay of {delay.TotalSeconds} s is not between 0 and 1000 s";
        }
    }

    private static IEnumerable<string> Password(VrrpCluster cluster)
    {
        if (cluster.Password is not { } password)
        {
            yield break;
        }

        if (cluster.Version == 3)
        {
            yield return "VRRP version 3 has no password: leave out Version, or the password";
        }

        var length = Encoding.UTF8.GetByteCount(password.Reveal());
        if (length > SignificantCharacters)
        {
            yield return $"the password {password.Name} has {length} characters, but only the first {SignificantCharacters} count: give one of at most {SignificantCharacters}";
        }

        if (!PlainPassword().IsMatch(password.Reveal()))
        {
            yield return $"the password {password.Name} has a character that keepalived.conf cannot carry safely: letters, digits and _ . : , @ % + = / ^ * - only";
        }
    }

    private static IEnumerable<string> Scripts(VrrpCluster cluster)
    {
        foreach (var script in cluster.Track)
        {
            if (!OneWord().IsMatch(script.Name))
            {
                yield return $"\"{Printable(script.Name)}\" is no name for a script: letters, digits and _ . @ - only";
            }

            if (!script.Command.StartsWith('/'))
            {
                yield return $"script {Printable(script.Name)}: \"{Printable(script.Command)}\" does not begin with an absolute path";
            }

            if (script.Command.Split(' ')[0] is "/usr/bin/pidof" or "/bin/pidof")
            {
                yield return $"script {Printable(script.Name)}: keepalived would run what pidof is a link to, killall5: use VrrpScript.ProcessRuns, or /usr/bin/env pidof";
            }

            if (script.IntervalSeconds < 1 || script.TimeoutSeconds < 1 || script.Rise < 1 || script.Fall < 1)
            {
                yield return $"script {Printable(script.Name)}: interval, timeout, rise and fall are at least 1";
            }

            if (script.Weight is < -253 or > 253)
            {
                yield return $"script {Printable(script.Name)}: weight {script.Weight} is not between -253 and 253";
            }
        }

        foreach (var twins in cluster.Track.Distinct().GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"two different scripts are called {twins.Key}";
        }
    }

    // In keepalived.conf a line break begins a new statement, # and ! begin a comment, and a quote ends a command.
    private static IEnumerable<string> Texts(VrrpCluster cluster)
    {
        var notifications = cluster.Notifications is { } n ? new[] { n.Master, n.Backup, n.Fault, n.Stop, n.Any }.OfType<string>() : [];
        foreach (var text in cluster.Track.Select(s => s.Command).Concat(notifications).Where(t => t.AsSpan().IndexOfAny(NotInCommands) >= 0))
        {
            yield return $"the command \"{Printable(text)}\" has a quote, backslash, #, ! or line break: put it into a script file";
        }

        foreach (var text in cluster.TrackInterfaces.Append(cluster.Interface).Append(cluster.ScriptUser).Concat(cluster.Track.Select(s => s.User)).OfType<string>().Where(t => !OneWord().IsMatch(t)))
        {
            yield return $"\"{Printable(text)}\" is not one plain word";
        }

        foreach (var line in cluster.Lines.Concat(cluster.GlobalLines).Where(l => l.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0))
        {
            yield return $"the line \"{Printable(line)}\" has a line break: give each line by itself";
        }
    }

    private static string? WhyNoAddress(string text)
    {
        try
        {
            SharedAddress.Parse(text);
            return null;
        }
        catch (ConvergeException e)
        {
            return e.Message;
        }
    }

    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    [GeneratedRegex(@"\A[A-Za-z0-9_@.:-]+\z")]
    private static partial Regex OneWord();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:,@%+=/^*-]+\z")]
    private static partial Regex PlainPassword();
}
