using System;
using System.Collections.Generic;
using System.Text.Json;
using Converge.Applying;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>What a run tells its user: text for people, or one JSON event a line.</summary>
internal interface IRunOutput : IProgress<RunEvent>
{
    /// <summary>What takes a moment (it ends in an ellipsis, and is forgotten once it is over), or what is amiss but stops nothing.</summary>
    void Note(string what);

    /// <summary>The whole plan.</summary>
    void Planned(Plan plan, Summary counts);

    /// <summary>Applying begins, or ends.</summary>
    void Applying(bool begins);

    /// <summary>All the mistakes of a script.</summary>
    void Mistaken(IReadOnlyList<Mistake> mistakes);

    /// <summary>An error that belongs to no resource.</summary>
    void Failed(string message, string? remedy);

    /// <summary>What a verb found out, for people as text and for programs as an event.</summary>
    void Tell(string text, string type, Action<Utf8JsonWriter> fields);

    /// <summary>The last line.</summary>
    /// <param name="lastLine">For people. Null: nothing is left to say.</param>
    /// <param name="counts">For programs.</param>
    /// <param name="exitCode">What the process will answer.</param>
    void Finished(string? lastLine, Summary counts, int exitCode);
}
