using System;
using System.IO;

namespace Converge.Modules;

/// <summary>File modes as the field writes them: <c>Mode.Octal("0640")</c>.</summary>
public static class Mode
{
    /// <summary>Reads an octal mode: three digits, or four with the set-user-id, set-group-id and sticky bits first.</summary>
    /// <exception cref="ConvergeException">Not three or four octal digits.</exception>
    public static UnixFileMode Octal(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.Length is not (3 or 4) || digits.AsSpan().ContainsAnyExceptInRange('0', '7'))
        {
            throw new ConvergeException($"\"{digits}\" is no file mode", "Give three or four octal digits: Mode.Octal(\"0640\").");
        }

        return (UnixFileMode)Convert.ToInt32(digits, 8);
    }

    /// <summary>Four octal digits: <c>0640</c>.</summary>
    public static string Digits(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
