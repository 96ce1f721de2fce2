using System;

namespace Converge.Modules;

/// <summary>A unit as systemd knows it.</summary>
/// <param name="Id">Its own name, where it was asked by an alias.</param>
public sealed record UnitStatus(string Id)
{
    /// <summary><c>loaded</c>, <c>not-found</c>, <c>masked</c>, <c>bad-setting</c>, <c>error</c>.</summary>
    public string LoadState { get; init; } = "not-found";

    /// <summary><c>active</c>, <c>reloading</c>, <c>inactive</c>, <c>failed</c>, <c>activating</c>, <c>deactivating</c>.</summary>
    public string ActiveState { get; init; } = "inactive";

    /// <summary>More exactly, depending on the type of unit: <c>running</c>, <c>auto-restart</c>.</summary>
    public string SubState { get; init; } = "dead";

    /// <summary><c>enabled</c>, <c>disabled</c>, <c>static</c>, <c>masked</c>, …; empty when there is no unit file.</summary>
    public string UnitFileState { get; init; } = "";

    /// <summary>A program that runs and ends: it is never found running.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>It says how it can be reloaded.</summary>
    public bool CanReload { get; init; }

    /// <summary>Its file on disk is not what systemd has loaded.</summary>
    public bool NeedDaemonReload { get; init; }

    /// <summary>When it last started; null when it never did since boot.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last started, reloaded, stopped or failed, whoever had it do so; null when that is not known.</summary>
    public DateTimeOffset? StateChangedAt { get; init; }

    /// <summary>When <see cref="Record"/> was written; null when nothing is recorded.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The host's clock when it was asked.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>What is recorded of the files that it took in.</summary>
    public InputRecord Record { get; init; } = InputRecord.Empty;

    /// <summary>It runs, or did what it does and stays.</summary>
    public bool IsActive => ActiveState is "active" or "reloading" or "refreshing";
}
