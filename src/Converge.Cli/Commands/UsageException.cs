namespace Converge.Cli.Commands;

/// <summary>The command was called in a way that makes no sense.</summary>
internal sealed class UsageException(string message, string? remedy = null) : ConvergeException(message, remedy);
