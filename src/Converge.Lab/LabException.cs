using System;

namespace Converge.Lab;

/// <summary>The lab cannot do what was asked; the message says what, why and the way out.</summary>
public sealed class LabException : Exception
{
    public LabException(string message) : base(message) { }

    public LabException(string message, Exception cause) : base(message, cause) { }
}
