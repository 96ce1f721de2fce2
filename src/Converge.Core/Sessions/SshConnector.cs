using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Shell;
using Converge.Sessions.Ssh;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace Converge.Sessions;

/// <summary>Opens sessions over SSH, with keys and an ssh_config as the ssh command uses them. A host's key must be in known_hosts.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A SemaphoreSlim whose wait handle is not used holds nothing to dispose of.")]
public sealed class SshConnector : IHostConnector
{
    private const int MostTries = 5;

    private readonly SshOptions _options;
    private readonly SshConfig _config;
    private readonly IdentityStore _identities;
    private readonly SemaphoreSlim _handshakes;

    /// <summary>With the usual places, unless options say otherwise.</summary>
    public SshConnector(SshOptions? options = null)
    {
        _options = options ?? new();
        _config = new SshConfig(_options);
        _identities = new IdentityStore(_options.AskPassphrase);
        _handshakes = new SemaphoreSlim(_options.MaxHandshakes);
    }

    /// <inheritdoc/>
    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        var target = _config.Resolve(host.Name, host.Address);
        return target.Detour is { } detour
            ? throw new HostUnreachableException(
                host.Name, $"ssh_config sends it through {detour}, which the built-in SSH does not follow", "Use the ssh program (--transport openssh), or give the host an address that this machine reaches directly.")
            : await LogInAsync(host.Name, target, ct).ConfigureAwait(false);
    }

    // Keys that need no passphrase come first, so that nobody is asked in vain.
    private async Task<ShellSession> LogInAsync(string host, SshTarget target, CancellationToken ct)
    {
        Exception? refused = null;
        IReadOnlyList<KeyLoad> keys = [];
        foreach (var ask in (bool[])[false, true])
        {
            if (ask && (_options.AskPassphrase is null || !keys.Any(k => k.IsEncrypted)))
            {
                break;
            }

            keys = await _identities.LoadAsync(target.IdentityFiles, ask, ct).ConfigureAwait(false);
            try
            {
                if (keys.Any(k => k.Identity is not null))
                {
                    return await ConnectAsync(host, target, keys, ct).ConfigureAwait(false);
                }
            }
            catch (SshAuthenticationException e)
            {
                refused = e;
            }
        }

        throw SshFailure.NotLetIn(host, target, keys, target.NamedIdentities, refused);
    }

    private async Task<ShellSession> ConnectAsync(string host, SshTarget target, IReadOnlyList<KeyLoad> keys, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _handshakes.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                // Also the shell's start: a slow .bashrc times a hundred hosts on one machine is work.
                var channel = await ShakeHandsAsync(host, target, keys, ct).ConfigureAwait(false);
                return await ShellSession.StartAsync(host, channel, _options.Session, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < MostTries && IsDropped(e))
            {
                // Too many are at the door (MaxStartups): come again, each at its own time.
            }
            finally
            {
                _handshakes.Release();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 200) << attempt), _options.Session.Time, ct).ConfigureAwait(false);
        }
    }

    private async Task<SshChannel> ShakeHandsAsync(string host, SshTarget target, IReadOnlyList<KeyLoad> keys, CancellationToken ct)
    {
        var timeout = _options.Session.ConnectTimeout;
        var check = new HostKeyCheck(target);
        var client = Client(target, keys, check, timeout);
        using var deadline = new CancellationTokenSource(timeout, _options.Session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var connected = false;
        try
        {
            var channel = await SshChannel.OpenAsync(client, Handshake.Loader, either.Token).ConfigureAwait(false);
            connected = true;
            return channel;
        }
        catch (SshException) when (check.Refused is not null)
        {
            throw SshFailure.From(host, target, check.Refused);
        }
        catch (SshConnectionException e) when (e.DisconnectReason == DisconnectReason.KeyExchangeFailed && check.KeyTypes.Count > 0)
        {
            throw SshFailure.NoKnownKeyType(host, target, check.KeyTypes, e);
        }
        catch (Exception e) when (e is SocketException or SshException or OperationCanceledException && e is not SshAuthenticationException && !IsDropped(e) && !ct.IsCancellationRequested)
        {
            throw SshFailure.From(host, target, e, timeout);
        }
        finally
        {
            if (!connected)
            {
                client.Dispose();
            }
        }
    }

    private static SshClient Client(SshTarget target, IReadOnlyList<KeyLoad> keys, HostKeyCheck check, TimeSpan timeout)
    {
        var method = new PrivateKeyAuthenticationMethod(target.User, [.. keys.Select(k => k.Identity).OfType<Identity>().Select(i => i.ForConnection())]);
        var connection = new ConnectionInfo(target.HostName, target.Port, target.User, method) { Timeout = timeout };
        SshAlgorithms.Apply(connection, check.KeyTypes);
        var client = new SshClient(connection) { KeepAliveInterval = TimeSpan.FromSeconds(30) };
        client.HostKeyReceived += (_, e) => e.CanTrust = check.Accepts(e.HostKeyName, e.HostKey);
        return client;
    }

    private static bool IsDropped(Exception e) => e is SocketException { SocketErrorCode: SocketError.ConnectionReset }
        or SshConnectionException { DisconnectReason: DisconnectReason.ConnectionLost or DisconnectReason.ProtocolError };
}
