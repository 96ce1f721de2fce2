using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>Both ends of a shell that runs somewhere: bytes in, bytes out.</summary>
internal interface IShellChannel : IAsyncDisposable
{
    /// <summary>Why it ended, as far as the transport knows; empty when it knows nothing.</summary>
    string Ending { get; }

    /// <summary>Writes all of it. One write at a time.</summary>
    /// <exception cref="System.IO.IOException">The channel is gone.</exception>
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Tells the shell that nothing more comes: it cleans up and ends.</summary>
    void CloseInput();

    /// <summary>Ends it now, without a word; ends a read or <see cref="WriteAsync"/> that waits.</summary>
    void Abort();
}

/// <summary>A channel that is read without a thread.</summary>
internal interface IAsyncShellChannel : IShellChannel
{
    /// <summary>The next bytes; 0 at the end. One read at a time.</summary>
    ValueTask<int> ReadAsync(byte[] buffer);
}

/// <summary>A channel whose transport has no asynchronous read that does not hold a pool thread: it is given a thread of its own.</summary>
internal interface IBlockingShellChannel : IShellChannel
{
    /// <summary>Blocks for the next bytes; 0 at the end. Called by one thread only.</summary>
    int Read(byte[] buffer);
}
