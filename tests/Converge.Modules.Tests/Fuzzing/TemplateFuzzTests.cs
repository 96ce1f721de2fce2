using System;
using System.Linq;
using CsCheck;

namespace Converge.Modules.Tests.Fuzzing;

/// <summary>Templates that are cut off, nested without end or plain nonsense.</summary>
public sealed class TemplateFuzzTests
{
    private static readonly Secret _secret = Secret.FromValue("FUZZ_TEMPLATE", "planted-in-a-template");

    private static readonly Gen<string> _words = Gen.OneOf<string>(
        "{{", "}}", "{{-", "-}}", "{%{", "}%}", " for i in 1..3 ", " end ", " if ", " while true ", " func f; f; end; f ", " capture x ", " wrap ", " with ", " include 'x' ", " import ", " host.name ", " secret ", " secret.value ", "secret | string.upcase",
        "[", "]", "(", ")", "\"", "'", "|", "&", "=", "=>", "@", ":", "?", "..", "1", "99999999999999999999", "1/0", "null", "readonly ", "ö", "\n", "#", "$", "object.keys ", "array.sort ", "regex.match ", " tablerow ", " case ", " when ", " ret ", " break ").Array[0, 16].Select(string.Concat);

    [Fact]
    public void A_template_gives_content_or_says_what_is_wrong_and_never_shows_a_secret()
    {
        var host = new Fleet().Host("web");
        var deep = Gen.Select(Gen.Int[1, 20_000], Gen.OneOf<string>("(", "[", "!", "-", "{a:")).Select((n, what) => "{{ " + string.Concat(Enumerable.Repeat(what, n)));

        Gen.OneOf<string>(_words, _words.Select(w => "{{ " + w + " }}"), _words.Select(w => "{{ " + w + " }}"), Gen.String, deep).Sample(
            text =>
            {
                try
                {
                    var content = TemplateRenderer.Render(text, new { secret = _secret, list = new[] { 1, 2 } }, host);
                    Assert.DoesNotContain("planted-in-a-template", content.ToString(), StringComparison.Ordinal);
                }
                catch (TemplateException e)
                {
                    Assert.NotEqual("", e.Message);
                    Assert.DoesNotContain("planted-in-a-template", e.Message, StringComparison.Ordinal);
                }
            },
            iter: 3000);
    }
}
