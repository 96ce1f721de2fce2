using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>Chooses a virtual router id for a name, always the same one.</summary>
internal static class VrrpRouterId
{
    public static int DerivedFrom(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return 1 + (((hash[0] << 8) | hash[1]) % 255);
    }
}
