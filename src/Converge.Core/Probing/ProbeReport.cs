using System;
using System.Collections.Generic;

namespace Converge.Probing;

/// <summary>A request that was not answered well.</summary>
/// <param name="At">When it was sent, since the prober started.</param>
/// <param name="Why">In words: <c>answered 503</c>, <c>connection refused</c>.</param>
/// <param name="During">The steps that ran when it was sent: <c>lb1: systemctl reload haproxy.service</c>.</param>
/// <param name="Number">Which failure it is, from 1.</param>
public sealed record ProbeFailure(TimeSpan At, string Why, IReadOnlyList<string> During, int Number);

/// <summary>What a prober has seen.</summary>
/// <param name="Requests">Sent and ended.</param>
/// <param name="Failed">Not answered, or answered with a status of 400 or more.</param>
/// <param name="LongestGap">The longest time in which no request was answered well.</param>
public sealed record ProbeReport(int Requests, int Failed, TimeSpan LongestGap);
