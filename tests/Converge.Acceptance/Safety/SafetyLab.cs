using Converge.Acceptance.Running;

namespace Converge.Acceptance.Safety;

/// <summary>The hosts of all tests of locks, interruption and being cut off.</summary>
[CollectionDefinition(nameof(SafetyLab))]
public sealed class SafetyLab() : SmallLab("test-safe", "10.78.23", "one", "two"), ICollectionFixture<SafetyLab>
{
    public const string Controller = "10.78.23.1";
    public const string One = "10.78.23.11";
    public const string Two = "10.78.23.12";
}
