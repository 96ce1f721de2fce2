using System;
using System.Collections.Generic;

namespace Converge.Cli.Commands;

/// <summary>The options that verbs with a script have in common.</summary>
internal sealed record RunSettings
{
    public required string Script { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>A selector; null: all hosts.</summary>
    public string? Hosts { get; init; }

    public string? SshConfig { get; init; }

    public bool AcceptNewHostKeys { get; init; }

    public const string OpenSsh = "openssh";

    public const string BuiltIn = "builtin";

    /// <summary>Null: OpenSSH where there is an ssh program, else the built-in one.</summary>
    public string? Transport { get; init; }

    /// <summary>Null: the default.</summary>
    public TimeSpan? Keep { get; init; }

    /// <summary>Null: any.</summary>
    public Impact? MaxImpact { get; init; }

    public bool Json { get; init; }

    public bool Diff { get; init; } = true;

    public bool Verbose { get; init; }
}
