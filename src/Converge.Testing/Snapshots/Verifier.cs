using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace Converge.Testing;

/// <summary>
/// Compares text with a file beside the test, <c>Class.Method.verified.txt</c>; what differs is written to <c>Class.Method.received.txt</c>
/// and fails the test.
/// </summary>
/// <remarks>
/// The calls and file names are those of the Verify package (https://github.com/VerifyTests/Verify), so that a project that has the
/// package deletes this and keeps its tests. To accept what was received, move the file as the message says, or run the tests with
/// <c>CONVERGE_ACCEPT_SNAPSHOTS=1</c>, which is ignored where <c>CI</c> is set.
/// </remarks>
/// <example>
/// <code>
/// await Verifier.Verify(plan).ScrubLinesContaining("seconds");
/// </code>
/// </example>
public static class Verifier
{
    /// <summary>Verifies text. Line ends are compared as LF.</summary>
    public static SettingsTask Verify(string target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        new(target, sourceFile, method);

    /// <summary>Verifies bytes as UTF-8 text; other bytes and control characters show as <c>\x00</c>, also CR.</summary>
    public static SettingsTask Verify(byte[] target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        new(VisibleText.Of(target), sourceFile, method);

    /// <summary>Verifies several texts by name, in the order of the names, in one file.</summary>
    public static SettingsTask Verify(IReadOnlyDictionary<string, string> target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        new(OneDocument(target), sourceFile, method);

    private static string OneDocument(IReadOnlyDictionary<string, string> texts)
    {
        var names = new List<string>(texts.Keys);
        names.Sort(StringComparer.Ordinal);
        var document = new StringBuilder();
        foreach (var name in names)
        {
            var text = texts[name];
            document.Append("===== ").Append(name).Append(" =====\n").Append(text);
            document.Append(text.Length == 0 || text.EndsWith('\n') ? "" : "\n\\ no newline at the end\n");
        }

        return document.ToString();
    }
}
