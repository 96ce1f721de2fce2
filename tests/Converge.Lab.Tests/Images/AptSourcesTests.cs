using System.Linq;

namespace Converge.Lab.Tests;

public class AptSourcesTests
{
    [Fact]
    public void The_one_line_format_is_read()
    {
        const string text = """
            # deb https://old.example/debian bullseye main
            deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://mirror.example/debian bookworm main contrib # ours
            deb-src https://mirror.example/debian bookworm main
            deb	https://other.example/debian/ sid	main
            """;

        var sources = AptSources.ParseList(text).ToList();

        Assert.Equal(2, sources.Count);
        Assert.Equal("/usr/share/keyrings/x.gpg", sources[0].SignedBy);
        Assert.Equal(["https://mirror.example/debian"], sources[0].Uris);
        Assert.Equal(["main", "contrib"], sources[0].Components);
        Assert.Equal(["sid"], sources[1].Suites);
        Assert.Null(sources[1].SignedBy);
    }

    [Fact]
    public void The_stanza_format_is_read()
    {
        const string text = """
            # The archive
            Types: deb deb-src
            URIs: https://mirror.example/debian
              https://second.example/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

            Types: deb
            Enabled: no
            URIs: https://off.example/debian
            Suites: sid
            Components: main


            types: deb
            uris: https://vendor.example/apt
            suites: stable
            components: main
            signed-by:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mQ
            """;

        var sources = AptSources.ParseStanzas(text).ToList();

        Assert.Equal(2, sources.Count);
        Assert.Equal(["https://mirror.example/debian", "https://second.example/debian"], sources[0].Uris);
        Assert.Equal(["bookworm", "bookworm-updates"], sources[0].Suites);
        Assert.Equal("/usr/share/keyrings/debian-archive-keyring.gpg", sources[0].SignedBy);
        Assert.Equal(["https://vendor.example/apt"], sources[1].Uris);
        Assert.Null(sources[1].SignedBy);
    }
}
