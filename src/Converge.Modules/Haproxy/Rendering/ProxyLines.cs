using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Writes frontend, listen and backend sections.</summary>
internal static class ProxyLines
{
    public static string Word(ProxyMode mode) => mode == ProxyMode.Http ? "http" : "tcp";

    /// <summary>The section's first line, without what it derives from.</summary>
    public static string Header(IProxySection section) => HaproxyChecks.Printable(section switch
    {
        Frontend => $"frontend {section.Name}",
        Listen => $"listen {section.Name}",
        _ => $"backend {section.Name}",
    });

    public static ProxyMode ModeOf(IProxySection section, HaproxyDefaults defaults) => section.Mode ?? (section.From ?? defaults).Mode;

    /// <summary>The whole section for one host, raw lines not yet placed.</summary>
    public static SectionLines Of(IProxySection section, HaproxyDefaults defaults, Host host)
    {
        var lines = new SectionLines(Header(section) + (section.From is null ? "" : $" from {section.From.Name}"));
        var accepting = section as IAcceptingSection;
        var serving = section as IServingSection;
        WriteBinds(lines, accepting, host);
        lines.AddIf("mode", section.Mode is { } mode ? Word(mode) : null);
        lines.AddIf("maxconn", accepting?.MaxConnections);
        WriteLog(lines, section, accepting, section.From ?? defaults);
        lines.AddIf(accepting is not null && ForwardsFor(accepting, section.From ?? defaults), "option forwardfor");
        WriteOptions(lines, section.Options);
        section.Timeouts?.WriteTo(lines);
        WriteBalance(lines, serving);
        lines.AddIf(section.StickTable is not null, section.StickTable?.Line ?? "");
        section.Compression?.WriteTo(lines);
        WriteErrorFiles(lines, section.ErrorFiles);
        WriteRules(lines, section);
        accepting?.Stats?.WriteTo(lines);
        lines.AddIf("default_backend", accepting?.DefaultBackend?.Name);
        WriteServers(lines, serving);
        return lines;
    }

    public static void WriteOptions(SectionLines lines, IEnumerable<string> options)
    {
        foreach (var option in options)
        {
            lines.Add(option.StartsWith("no ", StringComparison.Ordinal) ? $"no option {option[3..]}" : $"option {option}");
        }
    }

    public static void WriteErrorFiles(SectionLines lines, IDictionary<int, string> files)
    {
        foreach (var (status, path) in files)
        {
            lines.Add($"errorfile {status} {HaproxyText.Word(path)}");
        }
    }

    private static bool ForwardsFor(IAcceptingSection section, HaproxyDefaults defaults) =>
        section.ForwardFor ?? (defaults.ForwardFor && (section.Mode ?? defaults.Mode) == ProxyMode.Http);

    private static void WriteBinds(SectionLines lines, IAcceptingSection? section, Host host)
    {
        foreach (var bind in section?.Bind ?? [])
        {
            if (bind.On(host) is { } address)
            {
                lines.Add(BindLine.Of(bind, address));
            }
        }
    }

    // HAProxy warns about "option httplog" inherited by a section in mode tcp, so such a section gets the option of its own mode.
    private static void WriteLog(SectionLines lines, IProxySection section, IAcceptingSection? accepting, HaproxyDefaults defaults)
    {
        foreach (var target in section.Log)
        {
            lines.Add(target.Line);
        }

        if (accepting?.LogFormat is { } format)
        {
            lines.Add($"log-format {HaproxyText.Word(format)}");
        }
        else if (accepting?.Mode is { } mode && mode != defaults.Mode && defaults.LogFormat is null)
        {
            lines.Add($"option {Word(mode)}log");
        }
    }

    private static void WriteBalance(SectionLines lines, IServingSection? section)
    {
        lines.AddIf("balance", section?.Balance?.Text);
        lines.AddIf("hash-type", section?.HashType);
        lines.AddIf("http-reuse", section?.HttpReuse);
        lines.AddIf("retries", section?.Retries);
        lines.AddIf("retry-on", section?.RetryOn);
        lines.AddIf("fullconn", section?.FullConnections);
        foreach (var line in section?.Check?.Lines ?? [])
        {
            lines.Add(line);
        }

        if (section?.Cookie is { } cookie)
        {
            lines.Add(cookie.Line);
        }
    }

    // An ACL that a condition holds as an object is declared where it is first needed.
    private static void WriteRules(SectionLines lines, IProxySection section)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in section.Rules)
        {
            if (rule.Declares is { } name)
            {
                declared.Add(name);
            }

            foreach (var acl in rule.Condition?.Terms.Select(t => t.Acl).OfType<Acl>().Where(a => declared.Add(a.Name)) ?? [])
            {
                lines.Add($"acl {acl.Name} {acl.Criterion}");
            }

            lines.Add(rule.Keyword, rule.ToContent());
        }
    }

    private static void WriteServers(SectionLines lines, IServingSection? section)
    {
        lines.AddIf("default-server", section?.DefaultServer is null ? null : ServerLine.Options(section.DefaultServer));
        foreach (var server in section?.Servers ?? [])
        {
            lines.Add(ServerLine.Of(server, section!));
        }
    }
}
