using System.Collections;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>All that an account shall be allowed.</summary>
public sealed class MySqlGrants : IEnumerable<MySqlGrant>
{
    private readonly List<MySqlGrant> _grants = [];

    /// <summary>One more.</summary>
    public void Add(MySqlGrant grant) => _grants.Add(grant);

    /// <inheritdoc/>
    public IEnumerator<MySqlGrant> GetEnumerator() => _grants.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
