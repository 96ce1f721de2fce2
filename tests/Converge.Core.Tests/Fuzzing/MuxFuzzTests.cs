using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.OpenSsh;
using CsCheck;

namespace Converge.Core.Tests.Fuzzing;

/// <summary>Packets behind the control socket of ssh: sshd of the target makes them, so they may say anything.</summary>
public sealed class MuxFuzzTests : IDisposable
{
    private static readonly byte[] _accepted = [0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0x80, 0, 0, 0x0f, 0, 0, 0, 0];
    private static readonly byte[] _opened = [0, 0, 0, 18, 0, 91, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 0, 128, 0];

    private static readonly Gen<byte[]> _packet = Gen.Select(Gen.OneOf<byte>(91, 92, 93, 94, 95, 96, 97, 98, 100, 1), Gen.Byte.Array[0, 30], Gen.Int[-3, 3])
        .Select((type, body, lie) => (byte[])[0, 0, 0, (byte)Math.Max(0, body.Length + 2 + lie), 0, type, .. body]);

    private readonly string _folder = Directory.CreateTempSubdirectory("converge-mux").FullName;

    [Fact]
    public async Task Data_that_claims_to_be_longer_than_its_message_ends_the_connection() =>
        await TalkAsync([.. _opened, 0, 0, 0, 10, 0, 94, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);

    [Fact]
    public Task Whatever_comes_it_is_data_or_the_connection_is_gone() =>
        Gen.Select(_packet.Array[0, 6], Gen.Bool).SampleAsync((packets, opened) => TalkAsync([.. opened ? _opened : [], .. Flat(packets)]), iter: 500, threads: 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task TalkAsync(byte[] words)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var serving = ServeAsync(listener, [.. _accepted, .. words]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await using var channel = await MuxChannel.OpenAsync(path, "true", patience.Token);
            var buffer = new byte[1000];
            while (await channel.ReadAsync(buffer).AsTask().WaitAsync(patience.Token) > 0)
            {
            }
        }
        catch (IOException e)
        {
            Assert.NotEqual("", e.Message);
        }

        await serving;
        File.Delete(path);
    }

    private static async Task ServeAsync(Socket listener, byte[] words)
    {
        using var client = await listener.AcceptAsync();
        await client.SendAsync(words);
        client.Shutdown(SocketShutdown.Send);
        var buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The other end was the first to go.
        }
    }

    private static byte[] Flat(byte[][] packets)
    {
        using var all = new MemoryStream();
        foreach (var packet in packets)
        {
            all.Write(packet);
        }

        return all.ToArray();
    }
}
