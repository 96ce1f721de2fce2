using System.Text.Json.Serialization;

namespace Converge.Lab;

/// <summary>How far a host of a lab is.</summary>
public enum LabHostState
{
    /// <summary>No process of it exists.</summary>
    [JsonStringEnumMemberName("off")]
    Off,

    /// <summary>It runs, but sshd does not answer yet.</summary>
    [JsonStringEnumMemberName("booting")]
    Booting,

    /// <summary>sshd answers.</summary>
    [JsonStringEnumMemberName("running")]
    Running,
}
