using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>Writes a site's file.</summary>
internal sealed class NginxConfig
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> ForwardedHeaders =
    [
        new("Host", "$host"),
        new("X-Real-IP", "$remote_addr"),
        new("X-Forwarded-For", "$proxy_add_x_forwarded_for"),
        new("X-Forwarded-Proto", "$scheme"),
    ];

    private readonly StringBuilder _text = new("# Managed by Converge: changes made here are undone by the next apply.\n");

    private NginxConfig()
    {
    }

    public static string Render(NginxSite site)
    {
        var config = new NginxConfig();
        config.Raw(0, site.HttpLines);
        config.Line(0, "server {");
        config.Server(site);
        foreach (var location in site.Locations)
        {
            config._text.Append('\n');
            config.Line(1, location.Opening);
            config.Location(site, location);
            config.Line(1, "}");
        }

        config.Line(0, "}");
        return config._text.ToString();
    }

    private void Server(NginxSite site)
    {
        foreach (var listen in site.Listen)
        {
            Line(1, listen.Directive);
        }

        Directive(1, "server_name", site.ServerNames);
        if (site.Tls is { } tls)
        {
            Directive(1, "ssl_certificate", tls.Certificate);
            Directive(1, "ssl_certificate_key", tls.Key);
        }

        Directive(1, "root", site.Root);
        Directive(1, "index", site.Index);
        Directive(1, "client_max_body_size", Number(site.MaxBodyBytes));
        foreach (var proxy in site.TrustedProxies)
        {
            Directive(1, "set_real_ip_from", proxy.Address);
        }

        if (site.TrustedProxies.Count > 0)
        {
            Line(1, "real_ip_header X-Forwarded-For;");
            Line(1, "real_ip_recursive on;");
        }

        Headers(1, site.Headers);
        Raw(1, site.Lines);
    }

    private void Location(NginxSite site, NginxLocation location)
    {
        Directive(2, "root", location.Root);
        Directive(2, "alias", location.Alias);
        Directive(2, "client_max_body_size", Number(location.MaxBodyBytes));
        Directive(2, "try_files", location.TryFiles);

        // nginx takes add_header of the level above only where a level has none of its own.
        Headers(2, location.Headers.Count == 0 ? [] : site.Headers.Where(h => !Has(location.Headers, h.Key)).Concat(location.Headers));
        if (location.ProxyTo is { } upstream)
        {
            Directive(2, "proxy_pass", upstream.Url + location.ProxyPath);
            Line(2, "proxy_http_version 1.1;");
            foreach (var (name, value) in ForwardedHeaders.Where(h => !Has(location.ProxyHeaders, h.Key)).Concat(location.ProxyHeaders))
            {
                Line(2, $"proxy_set_header {name} {NginxText.Word(value)};");
            }

            Directive(2, "proxy_read_timeout", location.ProxyTimeout is { } timeout ? $"{timeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms" : null);
        }

        if (location.Return is { } answer)
        {
            Line(2, answer.Text is null ? $"return {answer.Code};" : $"return {answer.Code} {NginxText.Word(answer.Text)};");
        }

        Raw(2, location.Lines);
    }

    private void Headers(int depth, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            Line(depth, $"add_header {name} {NginxText.Word(value)} always;");
        }
    }

    private void Directive(int depth, string name, params IEnumerable<string?> values)
    {
        var words = values.OfType<string>().Select(NginxText.Word).ToList();
        if (words.Count > 0)
        {
            Line(depth, $"{name} {string.Join(' ', words)};");
        }
    }

    private void Raw(int depth, IEnumerable<string> lines)
    {
        foreach (var line in lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n')))
        {
            Line(depth, line.TrimEnd());
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', text.Length == 0 ? 0 : depth * 4).Append(text).Append('\n');

    private static bool Has(Dictionary<string, string> headers, string name) => headers.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
