
namespace Converge.Cli.Output;

/// <summary>Colours for terminals; hands text through unchanged where colours are off.</summary>
internal sealed class Paint(bool on)
{
    public static Paint None { get; } = new(false);

    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    public string Red(string text) => Wrap("31", text);

    public string Green(string text) => Wrap("32", text);

    public string Yellow(string text) => Wrap("33", text);

    public string Cyan(string text) => Wrap("36", text);

    private string Wrap(string code, string text) => on && text.Length > 0 ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
