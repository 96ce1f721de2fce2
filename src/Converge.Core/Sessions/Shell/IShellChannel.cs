using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>Both ends of a shell that runs somewhere: bytes in, bytes out.</summary>
internal interface IShellChannel : IAsyncDisposable
{
    /// <summary>Why it ended, as far as the transport knows; empty when it knows nothing.</summary>
    string Ending { get; }

    /// <summary>Blocks for the next bytes; 0 at the end. Called by one thread only.</summary>
    int Read(byte[] buffer);

    /// <summary>Writes all of it. One write at a time.</summary>
    /// <exception cref="System.IO.IOException">The channel is gone.</exception>
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Tells the shell that nothing more comes: it cleans up and ends.</summary>
    void CloseInput();

    /// <summary>Ends it now, without a word; unblocks <see cref="Read"/> and <see cref="WriteAsync"/>.</summary>
    void Abort();
}
