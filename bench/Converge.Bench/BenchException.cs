using System;

namespace Converge.Bench;

/// <summary>A row cannot be measured; the message says why. The other rows go on.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
