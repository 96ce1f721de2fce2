namespace Converge.Lab;

/// <summary>What a finished command left: its exit code and the two streams as text.</summary>
public sealed record ExecResult(int ExitCode, string Output, string Error);
