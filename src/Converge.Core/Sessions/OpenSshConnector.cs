using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.OpenSsh;
using Converge.Sessions.Shell;
using Converge.Sessions.Ssh;

namespace Converge.Sessions;

/// <summary>
/// Opens sessions through the ssh program: agents, hardware keys, ProxyJump and all else that ssh_config has work as usual. Connections are kept
/// for a while (<see cref="SshOptions.KeepConnection"/>), so that the next run finds them open.
/// </summary>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A SemaphoreSlim whose wait handle is not used holds nothing to dispose of.")]
public sealed class OpenSshConnector : IHostConnector
{
    private const int MostTries = 5;
    private static readonly TimeSpan WarmPatience = TimeSpan.FromSeconds(3);

    private readonly SshOptions _options;
    private readonly SshConfig _config;
    private readonly IHostConnector? _whenRefused;
    private readonly Lazy<ControlFolder> _folder;
    private readonly SemaphoreSlim _handshakes;

    /// <summary>With the usual places, unless options say otherwise.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="whenRefused">
    /// Is tried where ssh was refused because of a key, the host's or ours: <see cref="SshConnector"/> can ask for passphrases, and says more
    /// exactly what is wrong. Null: nothing else is tried.
    /// </param>
    public OpenSshConnector(SshOptions? options = null, IHostConnector? whenRefused = null)
    {
        _options = options ?? new();
        _whenRefused = whenRefused;

        // What our reading of the config passes over, ssh follows.
        _config = new SshConfig(_options with { Warn = null });
        _folder = new Lazy<ControlFolder>(() => ControlFolder.Open(_options));
        _handshakes = new SemaphoreSlim(_options.MaxHandshakes);
    }

    /// <summary>Whether there is an ssh program to be used.</summary>
    public static bool IsAvailable => SshMaster.IsInstalled;

    /// <inheritdoc/>
    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        var target = _config.Resolve(host.Name, host.Address);
        var socket = _folder.Value.SocketOf(host.Name, target, _options.ConfigFile);
        if (File.Exists(socket) && await TryKeptAsync(host.Name, socket, ct).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        return await ConnectAnewAsync(host, target, socket, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IHostSession> ConnectAnewAsync(Host host, CancellationToken ct)
    {
        var target = _config.Resolve(host.Name, host.Address);
        return ConnectAnewAsync(host, target, _folder.Value.SocketOf(host.Name, target, _options.ConfigFile), ct);
    }

    private async Task<IHostSession> ConnectAnewAsync(Host host, SshTarget target, string socket, CancellationToken ct)
    {
        await _handshakes.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            // A name of its own: two runs at one time must not fight for one, and ssh keeps a connection that lost for ever.
            var own = ControlFolder.NewNameFor(socket);
            var said = await LogInAsync(host, target, own, ct).ConfigureAwait(false);
            if (said.Length == 0)
            {
                var session = await OpenAsync(host.Name, own, ct).ConfigureAwait(false);
                File.Move(own, socket, overwrite: true);
                return session;
            }

            return _whenRefused is not null && target.Detour is null && OpenSshFailure.IsRefusal(said)
                ? await _whenRefused.ConnectAsync(host, ct).ConfigureAwait(false)
                : throw OpenSshFailure.From(host.Name, target, said, _options.Session.ConnectTimeout);
        }
        finally
        {
            _handshakes.Release();
        }
    }

    // A connection whose host has gone away, or was installed anew since, costs one attempt and is made anew.
    private async Task<IHostSession?> TryKeptAsync(string host, string socket, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(WarmPatience, _options.Session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var channel = await MuxChannel.OpenAsync(socket, Handshake.Loader, either.Token).ConfigureAwait(false);
            return await ShellSession.StartAsync(host, channel, _options.Session, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or HostUnreachableException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Its master has ended, or will once it notices, too.
            return null;
        }
    }

    private async Task<IHostSession> OpenAsync(string host, string socket, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(_options.Session.ConnectTimeout, _options.Session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var channel = await MuxChannel.OpenAsync(socket, Handshake.Loader, either.Token).ConfigureAwait(false);
            return await ShellSession.StartAsync(host, channel, _options.Session, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new HostUnreachableException(host, $"the connection was lost as soon as it stood: {e.Message}", $"To see more, run:\n    ssh -v {ShellQuote.ForReading(host)} true", e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new HostUnreachableException(host, $"sshd opens no session: waited {_options.Session.ConnectTimeout.TotalSeconds:0} seconds", $"To see more, run:\n    ssh -v {ShellQuote.ForReading(host)} true", e);
        }
    }

    // What ssh says when it fails; empty when it does not.
    private async Task<string> LogInAsync(Host host, SshTarget target, string socket, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // ssh has its own time limit for the network; this one is for what it runs, such as a ProxyCommand that hangs.
            using var deadline = new CancellationTokenSource(2 * _options.Session.ConnectTimeout, _options.Session.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
            try
            {
                var said = await SshMaster.StartAsync(host.Name, host.Address, target, socket, _options, either.Token).ConfigureAwait(false);
                if (attempt == MostTries || !OpenSshFailure.IsDropped(said))
                {
                    return said;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw SshFailure.NoAnswer(host.Name, target, 2 * _options.Session.ConnectTimeout);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 200) << attempt), _options.Session.Time, ct).ConfigureAwait(false);
        }
    }
}
