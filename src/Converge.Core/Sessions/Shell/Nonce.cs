using System.Security.Cryptography;

namespace Converge.Sessions.Shell;

/// <summary>Makes the words that mark our lines in a host's output: fresh for each request, so that no program can print one.</summary>
internal static class Nonce
{
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
