using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Finds conditions that name an ACL which the section does not declare.</summary>
internal static class HaproxyConditionChecks
{
    // HAProxy configuration manual, section 7.4 "Pre-defined ACLs".
    private static readonly HashSet<string> Predefined = new(StringComparer.Ordinal)
    {
        "FALSE", "TRUE", "HTTP", "HTTP_1.0", "HTTP_1.1", "HTTP_2.0", "HTTP_3.0", "HTTP_CONTENT", "HTTP_URL_ABS", "HTTP_URL_SLASH", "HTTP_URL_STAR",
        "LOCALHOST", "METH_CONNECT", "METH_DELETE", "METH_GET", "METH_HEAD", "METH_OPTIONS", "METH_POST", "METH_PUT", "METH_TRACE", "RDP_COOKIE",
        "REQ_CONTENT", "WAIT_END",
    };

    public static IEnumerable<string> Of(IProxySection section)
    {
        var known = section.Rules.Select(r => r.Declares).OfType<string>()
            .Concat(section.Rules.SelectMany(r => r.Condition?.Terms ?? []).Select(t => t.Acl?.Name).OfType<string>())
            .Concat(section.Lines.Select(l => l.Text.Trim().Split(' ')).Where(w => w is ["acl", _, ..]).Select(w => w[1]))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in known.Where(n => !HaproxyText.IsName(n)))
        {
            yield return $"{ProxyLines.Header(section)}: \"{HaproxyChecks.Printable(name)}\" is no name for an ACL: letters, digits and _ . : - only";
        }

        var senseless = section.Rules.SelectMany(r => r.Condition?.Senseless ?? []).Distinct().ToList();
        foreach (var text in senseless)
        {
            yield return $"{ProxyLines.Header(section)}: \"{HaproxyChecks.Printable(text)}\" is no condition: write what follows \"if\" in the manual, blanks around braces, as in: is_api !from_office or {{ method POST }}";
        }

        var unknown = section.Rules
            .SelectMany(r => r.Condition?.Terms ?? [])
            .Where(t => !senseless.Contains(t.Text))
            .Where(t => !t.IsAnonymous && !known.Contains(t.Text) && !Predefined.Contains(t.Text))
            .Select(t => t.Text)
            .Distinct();
        foreach (var name in unknown)
        {
            yield return $"{ProxyLines.Header(section)}: a condition names the ACL \"{HaproxyChecks.Printable(name)}\", which the section does not declare{HaproxyChecks.Hint(name, known.Concat(Predefined))}";
        }
    }
}
