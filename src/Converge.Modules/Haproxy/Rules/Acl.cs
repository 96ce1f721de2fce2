namespace Converge.Modules;

/// <summary>
/// A named test of HAProxy. Used in a condition it is declared in that section before its first use; to declare it elsewhere, or several under one
/// name (any may match), put it among the rules.
/// </summary>
/// <param name="Name">One word.</param>
/// <param name="Criterion">Fetch, flags and values as the HAProxy manual (section 7) writes them: <c>path_beg /api/</c>. Nothing is quoted.</param>
/// <example>
/// <code>
/// var admin = new Acl("is_admin", "path_beg /admin");
/// var office = new Acl("from_office", "src 192.0.2.0/24");
/// var www = new Frontend("www")
/// {
///     Bind = { 80 },
///     Rules = { HttpRequest.Deny(403).If(admin &amp; !office) },
///     DefaultBackend = "pages",
/// };
/// </code>
/// </example>
public sealed record Acl(string Name, string Criterion)
{
    /// <summary>Not this.</summary>
    public static HaproxyCondition operator !(Acl acl) => !(HaproxyCondition)acl;

    /// <summary>Both.</summary>
    public static HaproxyCondition operator &(Acl left, Acl right) => (HaproxyCondition)left & right;

    /// <summary>Either.</summary>
    public static HaproxyCondition operator |(Acl left, Acl right) => (HaproxyCondition)left | right;
}
