namespace Converge.Modules;

/// <summary>Names of systemd units.</summary>
internal static class SystemdName
{
    private static readonly string[] _suffixes =
        [".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope"];

    /// <summary><c>nginx</c> is <c>nginx.service</c>; a name with a unit suffix stays.</summary>
    public static string WithSuffix(string name) => HasSuffix(name) ? name : name + ".service";

    public static bool HasSuffix(string name) => System.Array.Exists(_suffixes, s => name.EndsWith(s, System.StringComparison.Ordinal));
}
