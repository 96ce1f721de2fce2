using System;
using CsCheck;

namespace Converge.Dsl.Tests.Selectors;

/// <summary>Selectors that a keyboard, a script or a cat may have written.</summary>
public sealed class SelectorFuzzTests
{
    private static readonly Gen<string> _words = Gen.OneOf<string>(
        "(", ")", "not ", " and ", " or ", ",", "all", "role:", "web", "*", "?", "[", "]", "[a-", "[!ab]", "[01:12]", "[9:1]", "[999999999:1]", ":", " ", "ö", "\0", "\n", "web1").Array[0, 14].Select(string.Concat);

    [Fact]
    public void Any_text_selects_hosts_or_is_refused_with_a_reason()
    {
        var fleet = new Fleet();
        fleet.Host("web1", roles: ["web"]);
        fleet.Host("db", roles: ["data"]);

        Gen.OneOf<string>(_words, _words, Gen.String, Gen.Int[0, 1200].Select(n => new string('(', n)), Gen.Int[0, 300].Select(n => string.Concat(System.Linq.Enumerable.Repeat("not ", n)) + "all")).Sample(
            text =>
            {
                try
                {
                    Assert.NotEmpty(HostSelector.Parse(text).Select(fleet));
                }
                catch (ConvergeException e)
                {
                    Assert.NotEqual("", e.Message);
                }
            },
            iter: 5000);
    }
}
