using System.Collections.Generic;
using System.Linq;

namespace Converge.Lab;

/// <summary>Describes a lab: its hosts, their addresses and the packages that they can install without a network.</summary>
public sealed record LabFile
{
    // The generated reader hands null to init properties that the JSON leaves out, and so undoes their initializers: each init restores it.
    private const string DefaultSuite = "bookworm";
    private const string DefaultUser = "ops";
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>1 to 12 lower-case letters, digits and hyphens. Labs of different names and subnets live side by side.</summary>
    public required string Name { get; init; }

    /// <summary>This machine's address among the hosts, with the subnet's prefix length: <c>10.77.0.1/24</c>. Private addresses only.</summary>
    public required string Controller { get; init; }

    /// <summary>The suite of hosts that name none. Default bookworm.</summary>
    public string Suite { get; init => field = value ?? DefaultSuite; } = DefaultSuite;

    /// <summary>Who logs in through ssh_config: <c>ops</c> (default; sudo without a password) or <c>root</c>. Both can.</summary>
    public string User { get; init => field = value ?? DefaultUser; } = DefaultUser;

    /// <summary>By suite, the packages to fetch with all that they depend on, so that hosts install them offline. None is installed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Packages { get; init => field = value ?? None; } = None;

    /// <summary>At least one host; names and addresses are unique.</summary>
    public required IReadOnlyList<LabHost> Hosts { get; init; }

    /// <summary>Reads and checks a lab file.</summary>
    /// <exception cref="LabException">The file is missing, is not JSON, has an unknown property, or contradicts itself.</exception>
    public static LabFile Load(string path) => LabFileReader.Load(path);

    /// <summary>Reads and checks the text of a lab file; <paramref name="source"/> names it in errors.</summary>
    /// <exception cref="LabException">The text is not JSON, has an unknown property, or contradicts itself.</exception>
    public static LabFile Parse(string json, string source) => LabFileReader.Parse(json, source);

    internal string SuiteOf(LabHost host) => host.Suite ?? Suite;

    internal IReadOnlyList<string> PackagesOf(string suite) => Packages.TryGetValue(suite, out var names) ? names : [];

    internal IEnumerable<string> Suites => Hosts.Select(SuiteOf).Distinct();
}
