using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>An account as the host knows it.</summary>
/// <param name="Exists">There is one of this name.</param>
public sealed record UserState(bool Exists)
{
    /// <summary>Number.</summary>
    public int Uid { get; init; }

    /// <summary>Primary group, by name, or by its number when it has none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Supplementary groups, sorted.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Home folder as recorded.</summary>
    public string Home { get; init; } = "";

    /// <summary>Login shell.</summary>
    public string Shell { get; init; } = "";

    /// <summary>Full name or remark.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Null when it was not asked for, or there is no password at all.</summary>
    public Secret? PasswordHash { get; init; }

    /// <summary>There is no such account, but a group of its name.</summary>
    public bool HasGroupOfItsName { get; init; }
}
