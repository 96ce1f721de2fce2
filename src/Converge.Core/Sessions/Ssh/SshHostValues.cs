using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Sessions.Ssh;

/// <summary>What an ssh_config says about one host, as it is gathered: the first value of a keyword wins.</summary>
internal sealed class SshHostValues(string name)
{
    private static readonly (string Keyword, string Spelling)[] Detours = [("proxyjump", "ProxyJump"), ("proxycommand", "ProxyCommand")];

    private readonly Dictionary<string, IReadOnlyList<string>> _values = [];

    /// <summary>The name that <c>Host</c> patterns are compared with.</summary>
    public string Name { get; } = name;

    /// <summary>All of them count, in order.</summary>
    public List<string> IdentityFiles { get; } = [];

    /// <summary>The setting that leads elsewhere than a direct connection; null when there is none.</summary>
    public string? Detour => Detours
        .Where(d => First(d.Keyword) is { } value && !value.Equals("none", StringComparison.OrdinalIgnoreCase))
        .Select(d => $"{d.Spelling} {string.Join(' ', _values[d.Keyword])}")
        .FirstOrDefault();

    public void Set(SshConfigLine line)
    {
        // ssh calls an empty value a mistake.
        if (line.Arguments is [] or ["", ..])
        {
            return;
        }

        if (line.Keyword != "identityfile")
        {
            _values.TryAdd(line.Keyword, line.Arguments);
        }
        else if (line.Arguments[0] != "none" && !IdentityFiles.Contains(line.Arguments[0]))
        {
            IdentityFiles.Add(line.Arguments[0]);
        }
    }

    public string? First(string keyword) => _values.TryGetValue(keyword, out var values) ? values[0] : null;

    public IReadOnlyList<string>? All(string keyword) => _values.GetValueOrDefault(keyword);
}
