namespace Converge;

/// <summary>
/// Something that a change of a resource is known to bring along, such as the unit and the files of a package: what a plan lays over the probed
/// state where it is not there yet. A known fact and never a guess: what is not known is left to "may change, decided after X".
/// </summary>
/// <param name="What">A unit, a path, a user; asked for by those who need it.</param>
public abstract record Brought(Provision What);

/// <summary>An account that a package makes.</summary>
/// <param name="What"><see cref="Provision.User"/> or <see cref="Provision.Group"/>.</param>
public sealed record BroughtAccount(Provision What) : Brought(What);
