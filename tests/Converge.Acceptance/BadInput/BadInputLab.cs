using Converge.Acceptance.Running;

namespace Converge.Acceptance.BadInput;

/// <summary>The hosts of all tests of what goes wrong on a host.</summary>
[CollectionDefinition(nameof(BadInputLab))]
public sealed class BadInputLab() : SmallLab("test-bad", "10.78.9", "one", "two"), ICollectionFixture<BadInputLab>
{
    public const string One = "10.78.9.11";
    public const string Two = "10.78.9.12";
    public const string Nobody = "10.78.9.99";
}
