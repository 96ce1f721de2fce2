using System.CommandLine;
using System.Net;
using Converge.Probing;

namespace Converge.Cli.Commands;

/// <summary>The options of verbs that ask a site all the while.</summary>
internal sealed class ProbeOptions
{
    private readonly Option<string?> _url = new("--probe") { HelpName = "URL", Description = "Send requests there all the while, and tell which step ran when one failed" };
    private readonly Option<string?> _address = new("--probe-address") { HelpName = "IP", Description = "Connect to this address instead of looking the URL's host up" };
    private readonly Option<int> _rate = new("--rate") { HelpName = "N", Description = "Requests per second (200)", DefaultValueFactory = _ => 200 };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_url);
        verb.Options.Add(_address);
        verb.Options.Add(_rate);
    }

    /// <summary>What to ask; null where nothing was said and there is no <paramref name="usual"/> URL.</summary>
    /// <exception cref="UsageException">The URL, the address or the rate makes no sense.</exception>
    public ProbeTarget? Read(ParseResult parsed, string? usual = null)
    {
        IPAddress? address = null;
        if (parsed.GetValue(_address) is { } text && !IPAddress.TryParse(text, out address))
        {
            throw new UsageException($"--probe-address takes an IP address, not '{text}'");
        }

        if (parsed.GetValue(_rate) is < 1 or > 1000)
        {
            throw new UsageException("--rate takes 1 to 1000 requests per second");
        }

        try
        {
            return (parsed.GetValue(_url) ?? usual) is not { } url ? null
                : ProbeTarget.Parse(url) with { Address = address, Rate = parsed.GetValue(_rate) };
        }
        catch (ConvergeException e)
        {
            throw new UsageException(e.Message, e.Remedy);
        }
    }
}
