using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.BadInput;

/// <summary>A script in a folder of its own, given to the converge command as a user would.</summary>
internal sealed class BadScript : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-bad.").FullName;

    public BadScript(string text) => File.WriteAllText(PathOf("bad.csx"), text);

    /// <summary>A file beside the script.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Runs <c>converge VERB bad.csx</c>.</summary>
    public Task<ProgramRun> RunAsync(string verb, IEnumerable<string> options, CancellationToken ct) =>
        ProgramRun.ConvergeAsync([verb, "bad.csx", .. options], ct, _folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
