using System.IO;
using System.Text.RegularExpressions;

namespace Converge.Lab;

/// <summary>What a host wrote to its console, over all its boots.</summary>
internal sealed partial class MachineConsole(string path)
{
    public string Path => path;

    /// <summary>Its last lines, indented, without the terminal's control sequences.</summary>
    public string LastLines(int count)
    {
        try
        {
            return Tool.LastLines(Plain(File.ReadAllText(path)), count);
        }
        catch (IOException)
        {
            return "  (there is none)";
        }
    }

    public static string Plain(string text) => ControlSequence().Replace(text, "").Replace("\r", "", System.StringComparison.Ordinal);

    // CSI, OSC and two-byte escapes of ECMA-48.
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[ -/]*[0-~])")]
    private static partial Regex ControlSequence();
}
