using System;
using System.Net.Sockets;
using Converge.Sessions.Ssh;

namespace Converge.Core.Tests.Sessions.Ssh;

public sealed class SshFailureTests
{
    [Theory]
    [InlineData(SocketError.HostUnreachable, "192.0.2.1 cannot be reached: No route to host")]
    [InlineData(SocketError.NetworkUnreachable, "192.0.2.1 cannot be reached: Network is unreachable")]
    [InlineData(SocketError.ConnectionRefused, "192.0.2.1 refuses connections to port 22")]
    [InlineData(SocketError.TimedOut, "192.0.2.1 does not answer on port 22: waited 10 seconds")]
    [InlineData(SocketError.HostNotFound, "the name 192.0.2.1 cannot be resolved")]
    public void Every_failure_of_the_network_comes_with_something_to_do(SocketError error, string message)
    {
        var failure = SshFailure.From("web1", new SshTarget("192.0.2.1", 22, "ops"), new SocketException((int)error), TimeSpan.FromSeconds(10));

        Assert.Equal(message, failure.Message);
        Assert.NotNull(failure.Remedy);
    }
}
