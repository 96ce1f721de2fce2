using System;
using System.IO;

namespace Converge.Modules.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("converge-test-").FullName;

    public string this[string name] => $"{Path}/{name}";

    public void Dispose() => new DirectoryInfo(Path).Delete(recursive: true);
}
