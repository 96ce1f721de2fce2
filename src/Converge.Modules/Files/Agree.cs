using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Whether two descriptions of one thing can both hold: equal, or one of them says nothing.</summary>
internal static class Agree
{
    public static bool On<T>(T? one, T? other, out T? both)
        where T : class
    {
        both = one ?? other;
        return one is null || other is null || EqualityComparer<T>.Default.Equals(one, other);
    }

    /// <summary>Contents agree when their bytes are known to be equal; those with facts only when they are the same object.</summary>
    public static bool On(Content? one, Content? other, out Content? both)
    {
        both = one ?? other;
        return one is null || other is null || ReferenceEquals(one, other) || (!one.HasFact && !other.HasFact && one.Sha256(null) == other.Sha256(null));
    }

    public static bool On<T>(T? one, T? other, out T? both)
        where T : struct
    {
        both = one ?? other;
        return one is null || other is null || EqualityComparer<T>.Default.Equals(one.Value, other.Value);
    }
}
