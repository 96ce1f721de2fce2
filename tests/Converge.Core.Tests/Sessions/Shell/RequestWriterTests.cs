using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Sessions.Shell;
using Converge.Testing;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions.Shell;

public sealed class RequestWriterTests
{
    [Fact]
    public async Task Items_become_shell_text()
    {
        var run = new RunProgram("apt-get", ["install", "-y"])
        {
            Pooled = ["nginx"],
            User = "root",
            WorkingDirectory = "/srv/my site",
            Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" },
            SuccessCodes = [0, 100],
            Deadline = TimeSpan.FromMinutes(20),
        };
        var put = new PutFile("/etc/haproxy/haproxy.cfg", "global\n")
        {
            Owner = "root",
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            Validation = new Validation("haproxy", ["-c", "-f", Validation.NewFile]) { SuccessCodes = [0, 2] },
        };

        var text = Text(
            new QuestionItem(new Question<string>("file", "stat -c %a -- \"$@\"", a => a.Text), ["/etc/hosts", "it's"]),
            new StepItem(run, "input"u8.ToArray(), 4), new StepItem(put, "global\n"u8.ToArray(), 5), Run(5, "systemctl", "reload", "haproxy.service"));

        await Verifier.Verify(text);
    }

    [Fact]
    public void Bodies_travel_before_the_text_that_uses_them()
    {
        var request = RequestWriter.Write([Put("/a", "12345"), Run("true")], TimeSpan.FromMinutes(2), "n");

        var frames = request.Frames().Select(f => Encoding.UTF8.GetString(f.Span)).ToList();

        Assert.Equal(["blob blob.0 5\n", "12345"], frames[..2]);
        Assert.Equal($"run n {Encoding.UTF8.GetByteCount(request.Text)}\n{request.Text}", Assert.Single(frames[2..]));
    }

    [Fact]
    public async Task Small_files_of_one_folder_travel_as_one_archive()
    {
        var request = RequestWriter.Write([Put("/srv/a", "1", 0), Put("/srv/it's", "22", 1), Put("/srv/large", new byte[70_000], 2)], TimeSpan.FromMinutes(2), "n");

        Assert.Equal([(0, 3072), (2, 70_000)], request.Bodies.Select(b => (b.Index, b.Bytes.Length)));
        await Verifier.Verify(request.Text[request.Text.IndexOf("begin 0 ", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Secrets_are_in_no_text()
    {
        var secret = Secret.FromValue("password", "hunter2");
        var run = new RunProgram("mysql", []) { Input = Content.FromSecret(secret) };
        var put = new PutFile("/etc/app.conf", Content.FromSecret(secret));

        var text = Text(new StepItem(run, "hunter2"u8.ToArray(), 0), new StepItem(put, "hunter2"u8.ToArray(), 0));

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_sent_is_refused()
    {
        Assert.Throws<ConvergeException>(() => Text(Put("relative", "x")));
        Assert.Throws<ConvergeException>(() => Text(Run("-c")));
        Assert.Throws<ConvergeException>(() => Text(Run("echo", "nul\0")));
        Assert.Throws<ConvergeException>(() => Text(new StepItem(new RunProgram("env", []) { Environment = new Dictionary<string, string> { ["A;id"] = "x" } }, default, 0)));
    }

    // Without the fixed text in front, which is a file of its own.
    private static string Text(params IReadOnlyList<ExchangeItem> items)
    {
        var text = RequestWriter.Write(items, TimeSpan.FromMinutes(2), "n").Text;
        return text[text.IndexOf("begin 0 ", StringComparison.Ordinal)..];
    }
}
