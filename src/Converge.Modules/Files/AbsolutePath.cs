using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>What is wrong with a path that a script gives.</summary>
internal static class AbsolutePath
{
    public static IEnumerable<string> Mistakes(string path)
    {
        if (string.IsNullOrEmpty(path))
        {
            yield return "the path is empty";
        }
        else if (path[0] != '/')
        {
            yield return "the path is relative; give an absolute one, such as /etc/motd";
        }
        else if (path.Contains('\0'))
        {
            yield return "the path has a NUL character, which no path can have";
        }
        else if (path.Length > 1 && path[1..].Split('/').Any(part => part is "" or "." or ".."))
        {
            // Two spellings of one path would be two resources that fight over one file.
            yield return "the path is not in its plain form: leave out empty, \".\" and \"..\" parts and a slash at the end";
        }
        else if (path == "/")
        {
            yield return "the root folder cannot be described";
        }
    }
}
