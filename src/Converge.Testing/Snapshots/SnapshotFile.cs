using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Converge.Testing;

/// <summary>The pair of files of one snapshot.</summary>
internal sealed class SnapshotFile(string stem)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private string Verified => stem + ".verified.txt";

    private string Received => stem + ".received.txt";

    public async Task CompareAsync(string text, bool mayAccept)
    {
        var expected = File.Exists(Verified) ? (await File.ReadAllTextAsync(Verified)).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        if (expected == text)
        {
            File.Delete(Received);
            return;
        }

        if (mayAccept && Accepting)
        {
            await File.WriteAllTextAsync(Verified, text, Utf8);
            return;
        }

        await File.WriteAllTextAsync(Received, text, Utf8);
        throw new VerifyException(Message(expected, text));
    }

    private static bool Accepting =>
        Environment.GetEnvironmentVariable("CONVERGE_ACCEPT_SNAPSHOTS") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    private string Message(string? expected, string text)
    {
        var title = expected is null ? "there is no verified file yet" : "the text differs from the verified file";
        return $"{Path.GetFileName(stem)}: {title}\n{LineDiff.Of(expected ?? "", text)}To accept it:\n    mv {ShellQuote.ForReading(Received)} {ShellQuote.ForReading(Verified)}\n";
    }
}
