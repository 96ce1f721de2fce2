namespace Converge.Lab.Tests;

public class DebianMirrorTests
{
    [Fact]
    public void The_archive_is_found_among_others_by_its_path()
    {
        AptSource[] sources =
        [
            new(["https://vendor.example/apt"], ["bookworm"], ["main"], "/k/vendor.gpg"),
            new(["https://docker.example/linux/debian"], ["bookworm"], ["stable"], null),
            new(["https://mirror.example/debian-security"], ["bookworm-security"], ["main"], null),
            new(["https://mirror.example/debian/"], ["bookworm"], ["main"], "/k/debian.gpg"),
        ];

        var mirror = DebianMirror.Find(sources);

        Assert.Equal(new DebianMirror("https://mirror.example/debian/", "/k/debian.gpg"), mirror);
        Assert.Equal("deb [signed-by=/k/debian.gpg] https://mirror.example/debian/ sid main", mirror!.Line("sid"));
    }

    [Fact]
    public void Cloud_images_name_a_list_of_mirrors()
    {
        AptSource[] sources = [new(["mirror+file:/etc/apt/mirrors/debian.list"], ["bookworm"], ["main"], null)];

        Assert.Equal("mirror+file:/etc/apt/mirrors/debian.list", DebianMirror.Find(sources)?.Uri);
    }

    [Fact]
    public void A_machine_of_another_kind_has_none()
    {
        AptSource[] sources = [new(["https://archive.example/ubuntu"], ["noble"], ["main"], null)];

        Assert.Null(DebianMirror.Find(sources));
    }
}
