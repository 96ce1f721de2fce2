using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Names of users and groups.</summary>
internal static partial class AccountName
{
    /// <summary>What is wrong with a name; nothing when it is one. A number would be taken for the number of an account.</summary>
    public static IEnumerable<string> Mistakes(string name, string kind)
    {
        if (!Plain().IsMatch(name) || name.Length > 32)
        {
            yield return $"\"{name}\" is no {kind} name: at most 32 letters, digits and _ - . and no digit in front";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\$?\z")]
    private static partial Regex Plain();
}
