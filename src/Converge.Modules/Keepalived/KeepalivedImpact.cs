using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Tells changes of keepalived.conf that may move the address from those that cannot.</summary>
internal static class KeepalivedImpact
{
    // What members must agree on, and what decides who holds the address. While it differs between members, two may hold it, or none.
    private static readonly string[] Decisive =
    [
        "interface", "virtual_router_id", "priority", "version", "advert_int", "nopreempt", "auth_type", "auth_pass", "unicast_src_ip", "unicast_peer",
        "virtual_ipaddress", "use_vmac",
    ];

    /// <summary>Failover, or nothing beyond the reload that the service says itself.</summary>
    public static Impact Of(string before, string after)
    {
        var (old, wanted) = (Instances(before), Instances(after));
        return old.All(i => wanted.TryGetValue(i.Key, out var same) && same.SetEquals(i.Value)) ? Impact.None : Impact.Failover;
    }

    /// <summary>The decisive lines of each VRRP instance; lines of inner blocks carry the block's name.</summary>
    private static Dictionary<string, HashSet<string>> Instances(string text)
    {
        var instances = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var blocks = new Stack<string>();
        HashSet<string>? lines = null;
        foreach (var words in text.Split('\n').Select(WithoutComment).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0))
        {
            if (words[^1] == "{")
            {
                blocks.Push(words[0]);
                lines = words is ["vrrp_instance", var name, _] ? instances[name] = [] : lines;
            }
            else if (words[0] == "}")
            {
                blocks.TryPop(out _);
            }
            else if (blocks.Contains("vrrp_instance") && lines is not null)
            {
                var (keyword, line) = blocks.Peek() is "vrrp_instance" or "authentication" ? (words[0], "") : (blocks.Peek(), blocks.Peek() + " ");
                lines.UnionWith(Decisive.Contains(keyword) ? [line + string.Join(' ', words)] : []);
            }
        }

        return instances;
    }

    private static string WithoutComment(string line) => line.IndexOfAny(['#', '!']) is >= 0 and var at ? line[..at] : line;
}
