using System.Collections.Generic;

namespace Converge;

/// <summary>Hosts that are changed a few at a time, the next ones only after the gates of the last ones have passed.</summary>
/// <param name="Hosts">In their order; the one that holds a shared address comes last all the same.</param>
/// <param name="AtOnce">How many at a time, from 1.</param>
/// <param name="Gates">What must hold after each batch that was changed.</param>
public sealed record Rolling(IReadOnlyList<Host> Hosts, int AtOnce, IReadOnlyList<Gate> Gates);
