namespace Converge.Cli.Commands;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>Wrong use, or a script that does not compile or describes a fleet that cannot be.</summary>
    public const int Wrong = 2;

    /// <summary>Of <c>plan --detailed-exitcode</c>; all errors are then <see cref="Failed"/>.</summary>
    public const int ChangesPending = 2;
}
