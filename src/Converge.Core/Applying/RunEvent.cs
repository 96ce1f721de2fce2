using System;
using System.Collections.Generic;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Applying;

/// <summary>Something that happened during a run, as it happens. Text in events is redacted and free of control characters.</summary>
public abstract record RunEvent(Host Host);

/// <summary>A connection is being opened.</summary>
public sealed record HostConnecting(Host Host) : RunEvent(Host);

/// <summary>The host let us in.</summary>
public sealed record HostConnected(Host Host, TimeSpan Elapsed) : RunEvent(Host);

/// <summary>Another run has the host's lock, and is waited for.</summary>
/// <param name="Host">Which.</param>
/// <param name="Holder">Who has it, since when, from where; in that run's words.</param>
/// <param name="Patience">For how long at most.</param>
public sealed record HostLocked(Host Host, string Holder, TimeSpan Patience) : RunEvent(Host);

/// <summary>The host could not be reached, or was lost midway.</summary>
public sealed record HostFailed(Host Host, Failure Failure) : RunEvent(Host);

/// <summary>The host has answered all questions of the plan.</summary>
public sealed record HostPlanned(Host Host, HostPlan Plan) : RunEvent(Host);

/// <summary>Steps of these resources were sent, in one exchange.</summary>
public sealed record WaveStarted(Host Host, IReadOnlyList<ResourceNode> Nodes) : RunEvent(Host);

/// <summary>A step runs.</summary>
public sealed record StepStarted(Host Host, ResourceNode Node, Step Step) : RunEvent(Host);

/// <summary>A step printed a line.</summary>
public sealed record StepOutput(Host Host, ResourceNode Node, string Line) : RunEvent(Host);

/// <summary>A gate was asked until it held, or failed.</summary>
/// <param name="Host">The first host of the batch that it is about.</param>
/// <param name="Gate">What was asked, from where.</param>
/// <param name="Why">Why it failed; null: it holds.</param>
public sealed record GateAsked(Host Host, string Gate, string? Why) : RunEvent(Host);

/// <summary>What had been changed on the host was undone.</summary>
/// <param name="Host">Which.</param>
/// <param name="Undone">What of it, and what not.</param>
public sealed record HostUndone(Host Host, Undone Undone) : RunEvent(Host);

/// <summary>A resource is done.</summary>
public sealed record ResourceFinished(Host Host, ResourceResult Result) : RunEvent(Host);

/// <summary>All resources of the host are done.</summary>
public sealed record HostFinished(Host Host, HostReport Report) : RunEvent(Host);
