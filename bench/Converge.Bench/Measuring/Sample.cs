namespace Converge.Bench.Measuring;

/// <summary>One timed run of a command.</summary>
/// <param name="Seconds">From before its start until it was gone.</param>
/// <param name="CpuSeconds">Processor time of it and of the children that it waited for.</param>
/// <param name="MegaBytes">Largest resident set of any one of these processes.</param>
internal sealed record Sample(double Seconds, double CpuSeconds, double MegaBytes);
