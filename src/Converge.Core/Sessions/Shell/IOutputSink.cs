using System;

namespace Converge.Sessions.Shell;

/// <summary>Takes what a shell prints. Called on the reading thread: must neither block nor throw.</summary>
internal interface IOutputSink
{
    void Receive(ReadOnlySpan<byte> chunk);

    /// <summary>Nothing more comes.</summary>
    void Close();
}
