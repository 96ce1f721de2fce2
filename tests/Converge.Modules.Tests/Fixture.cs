using System.IO;
using System.Runtime.CompilerServices;

namespace Converge.Modules.Tests;

/// <summary>Recorded output of real tools, in <c>Fixtures/</c> beside the test.</summary>
internal static class Fixture
{
    public static Answer Read(string name, [CallerFilePath] string test = "") =>
        new(System.IO.File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(test)!, "Fixtures", name)));
}
