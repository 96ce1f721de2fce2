using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>The first words with a shell: waits for its hello, answers sudo, and keeps what else was said for error messages.</summary>
internal sealed class Handshake : IOutputSink, IMarkerSink
{
    /// <summary>
    /// Given to the login user's shell, whichever it is: reads a text of our own from standard input and runs it, so that nothing has to survive
    /// an unknown shell's quoting, and no nonce shows in an argument list.
    /// </summary>
    public const string Loader = """exec 2>&1; read -r n && eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)" """;

    private const string Prompt = "converge-sudo-password:";
    private const string Ready = "converge-ready";

    private readonly Lock _gate = new();
    private readonly StringBuilder _noise = new();
    private readonly MarkerScanner _scanner;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;
    private string? _user;
    private bool _isRoot;
    private bool _hello;

    private Handshake(string nonce) => _scanner = new MarkerScanner(nonce, this);

    /// <summary>Returns when the far end serves; as root, where that was asked for.</summary>
    /// <exception cref="HostUnreachableException">No shell answered, or sudo refused.</exception>
    public static async Task PerformAsync(string host, IShellChannel channel, ShellReader reader, SessionOptions options, CancellationToken ct)
    {
        var nonce = Nonce.New();
        var self = new Handshake(nonce);
        reader.Attach(self);

        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await self.PerformAsync(host, channel, nonce, options, either.Token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The shell ended while it was written to: its last words arrive on the reading thread.
            await Task.WhenAny(reader.Ended, Task.Delay(TimeSpan.FromSeconds(1), options.Time, ct)).ConfigureAwait(false);
            throw self.Failure(host, options, channel.Ending);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw self.Failure(host, options, $"waited {options.ConnectTimeout.TotalSeconds:0} seconds");
        }
        finally
        {
            reader.Detach(self);
        }
    }

    private async Task PerformAsync(string host, IShellChannel channel, string nonce, SessionOptions options, CancellationToken ct)
    {
        var raise = !options.RaisePrivilege ? "no" : options.SudoPassword is null ? "plain" : "password";
        await channel.WriteAsync(Framed($"nonce={nonce} raise={raise} prompt={Prompt}\n{RemoteText.Enter}"), ct).ConfigureAwait(false);
        if (options.RaisePrivilege && options.SudoPassword is { } password)
        {
            await AnswerSudoAsync(host, channel, options, password, ct).ConfigureAwait(false);
        }

        await channel.WriteAsync(Framed($"nonce={nonce}\n{RemoteText.Serve}"), ct).ConfigureAwait(false);
        while (!Heard(ref _hello))
        {
            await News(host, channel, options).WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private static byte[] Framed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}\n")), .. bytes];
    }

    // sudo asks as often as it is told a wrong password, and would take our next text for another try: so each question is waited for.
    private async Task AnswerSudoAsync(string host, IShellChannel channel, SessionOptions options, Secret password, CancellationToken ct)
    {
        var answered = false;
        while (true)
        {
            // Taken before looking: what arrives while we look must wake us.
            var news = News(host, channel, options);
            var noise = Noise();
            if (Heard(ref _isRoot) || noise.Contains(Ready, StringComparison.Ordinal))
            {
                return;
            }

            var asked = noise.Split(Prompt).Length - 1;
            if (asked > 1)
            {
                throw SessionFailure.WrongSudoPassword(host);
            }

            if (asked == 1 && !answered)
            {
                answered = true;
                await channel.WriteAsync(Encoding.UTF8.GetBytes(password.Reveal() + "\n"), ct).ConfigureAwait(false);
            }

            await news.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    // Done once something arrives that was not there when this was called, or is there already when nothing more is needed.
    private Task News(string host, IShellChannel channel, SessionOptions options)
    {
        lock (_gate)
        {
            return _hello ? Task.CompletedTask
                : _closed ? Task.FromException(Failure(host, options, channel.Ending))
                : _news.Task;
        }
    }

    void IOutputSink.Receive(ReadOnlySpan<byte> chunk)
    {
        lock (_gate)
        {
            _scanner.Scan(chunk);
            Announce();
        }
    }

    void IOutputSink.Close()
    {
        lock (_gate)
        {
            _closed = true;
            Announce();
        }
    }

    void IMarkerSink.Data(ReadOnlySpan<byte> bytes)
    {
        _noise.Append(Encoding.UTF8.GetString(bytes));
        if (_noise.Length > 8192)
        {
            _noise.Remove(0, _noise.Length - 4096);
        }
    }

    void IMarkerSink.Marker(string words)
    {
        switch (words.Split(' '))
        {
            case ["user", var id, .. var name]:
                _isRoot = id == "0";
                _user = string.Join(' ', name);
                break;
            case ["hello"]:
                _hello = true;
                break;
        }
    }

    private void Announce()
    {
        _news.TrySetResult();
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private HostUnreachableException Failure(string host, SessionOptions options, string ending)
    {
        lock (_gate)
        {
            var said = _noise.ToString().Replace(Prompt, "", StringComparison.Ordinal);
            return _user is { } user && !_isRoot && options.RaisePrivilege
                ? SessionFailure.SudoRefuses(host, user, said, ending)
                : SessionFailure.NoSession(host, _user is not null, said, ending);
        }
    }

    private bool Heard(ref bool what)
    {
        lock (_gate)
        {
            return what;
        }
    }

    private string Noise()
    {
        lock (_gate)
        {
            return _noise.ToString();
        }
    }
}
