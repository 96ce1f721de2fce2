using System;
using System.Collections.Concurrent;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Sessions.Shell;

namespace Converge.Core.Tests.Sessions.Shell;

public sealed class HandshakeTests
{
    [Fact]
    public async Task Words_that_arrive_while_the_password_is_written_are_heard()
    {
        var channel = new AskingChannel();
        var options = new SessionOptions { SudoPassword = Secret.FromValue("sudo", "wrong"), ConnectTimeout = TimeSpan.FromSeconds(5) };

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => ShellSession.StartAsync("host", channel, options, TestContext.Current.CancellationToken));

        Assert.Equal("sudo does not accept the password", error.Message);
    }

    /// <summary>A sudo that asks again at once: its words have been read before the write of the password returns.</summary>
    private sealed class AskingChannel : IBlockingShellChannel
    {
        private const string Prompt = "converge-sudo-password:";

        private readonly BlockingCollection<byte[]> words = [Encoding.UTF8.GetBytes(Prompt)];
        private readonly SemaphoreSlim reads = new(0);

        public string Ending => "";

        public int Read(byte[] buffer)
        {
            reads.Release();
            if (!words.TryTake(out var chunk, TimeSpan.FromSeconds(20)))
                return 0;
            chunk.CopyTo(buffer, 0);
            return chunk.Length;
        }

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            if (Encoding.UTF8.GetString(bytes.Span) == "wrong\n")
            {
                // The read that waits for these words, and the one after it, which begins when they have been taken in.
                while (reads.CurrentCount > 0)
                    await reads.WaitAsync(ct);
                words.Add(Encoding.UTF8.GetBytes("Sorry, try again.\n" + Prompt), ct);
                await reads.WaitAsync(ct);
            }
        }

        public void CloseInput() => words.CompleteAdding();

        public void Abort() => words.CompleteAdding();

        public ValueTask DisposeAsync()
        {
            words.CompleteAdding();
            return ValueTask.CompletedTask;
        }
    }
}
