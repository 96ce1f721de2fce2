using System;

namespace Converge;

/// <summary>Something that Converge was asked to do could not be done. The message says what and why, <see cref="Remedy"/> what to do about it.</summary>
public class ConvergeException : Exception
{
    /// <summary>With a message that stands alone and, where there is one, a remedy.</summary>
    public ConvergeException(string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException) => Remedy = remedy;

    /// <summary>What the reader can do; commands stand alone on a line. Null when there is nothing to advise.</summary>
    public string? Remedy { get; }
}

/// <summary>A host could not be reached, or did not let us in: nothing was done on it.</summary>
public sealed class HostUnreachableException(string host, string message, string? remedy = null, Exception? innerException = null)
    : ConvergeException(message, remedy, innerException)
{
    /// <summary>The host's name in the fleet.</summary>
    public string Host { get; } = host;
}

/// <summary>A host's answer to a question could not be read.</summary>
public sealed class ProbeException(string message, string? remedy = null, Exception? innerException = null)
    : ConvergeException(message, remedy, innerException);
