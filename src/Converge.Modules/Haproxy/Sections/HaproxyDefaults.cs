using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What holds for every section that does not say otherwise.</summary>
public sealed record HaproxyDefaults
{
    /// <summary>For <see cref="Haproxy.Defaults"/>.</summary>
    public HaproxyDefaults()
    {
    }

    /// <summary>Named defaults, for sections that refer to them (<see cref="Frontend.From"/>); they need not be listed anywhere.</summary>
    public HaproxyDefaults(string name) => Name = name;

    /// <summary>Null: the defaults of all sections that refer to none.</summary>
    public string? Name { get; }

    /// <summary>Default: http.</summary>
    public ProxyMode Mode { get; init; } = ProxyMode.Http;

    /// <summary>Default: wherever the global section says.</summary>
    public IList<LogTarget> Log { get; init; } = [new("global")];

    /// <summary>Null: HAProxy's long format for the mode.</summary>
    public string? LogFormat { get; init; }

    /// <summary>As the manual writes them behind <c>option</c>. Default: connections without data are not logged.</summary>
    public IList<string> Options { get; init; } = ["dontlognull"];

    /// <summary>Frontends and listen sections in mode http add the client's address as X-Forwarded-For.</summary>
    // Not written into the defaults section: there HAProxy warns about every section in mode tcp.
    public bool ForwardFor { get; init; }

    /// <summary>Default: connect 5 s, client and server 50 s, a request's headers 10 s.</summary>
    public HaproxyTimeouts Timeouts { get; init; } = new()
    {
        Connect = TimeSpan.FromSeconds(5),
        Client = TimeSpan.FromSeconds(50),
        Server = TimeSpan.FromSeconds(50),
        HttpRequest = TimeSpan.FromSeconds(10),
    };

    /// <summary>Connections of each frontend at a time.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Attempts to reach a server. HAProxy's default: 3.</summary>
    public int? Retries { get; init; }

    /// <summary>When a request is sent again, such as <c>conn-failure empty-response</c>.</summary>
    public string? RetryOn { get; init; }

    /// <summary>Null: in turns.</summary>
    public Balance? Balance { get; init; }

    /// <summary>Options of every server that does not say otherwise.</summary>
    public BackendServer? DefaultServer { get; init; }

    /// <summary>Files of the host that replace HAProxy's own answers, by status.</summary>
    public IDictionary<int, string> ErrorFiles { get; init; } = new SortedDictionary<int, string>();

    /// <summary>Further lines.</summary>
    public IList<RawLine> Lines { get; init; } = [];

    internal SectionLines ToLines()
    {
        var section = new SectionLines(Name is null ? "defaults" : $"defaults {Name}");
        foreach (var target in Log)
        {
            section.Add(target.Line);
        }

        section.Add($"mode {ProxyLines.Word(Mode)}");
        if (LogFormat is null)
        {
            section.Add($"option {ProxyLines.Word(Mode)}log");
        }
        else
        {
            section.Add($"log-format {HaproxyText.Word(LogFormat)}");
        }

        ProxyLines.WriteOptions(section, Options);
        Timeouts.WriteTo(section);
        section.AddIf("maxconn", MaxConnections);
        section.AddIf("retries", Retries);
        section.AddIf("retry-on", RetryOn);
        section.AddIf("balance", Balance?.Text);
        section.AddIf("default-server", DefaultServer is null ? null : ServerLine.Options(DefaultServer));
        ProxyLines.WriteErrorFiles(section, ErrorFiles);
        return section;
    }
}
