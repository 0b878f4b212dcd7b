using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>Shows a conversation on a server: in a terminal, line by line in a pipe, or as the envelopes that came.</summary>
internal interface IWatchDisplay : IAsyncDisposable
{
    /// <param name="envelope">What came.</param>
    /// <param name="view">The conversation with it: speakers have the names they have by now.</param>
    void Show(Envelope envelope, TranscriptProjection view);

    void Connection(ConnectionStatus status);

    /// <param name="isWaiting">Whether nothing more may come for a while, so that all there is must be seen now.</param>
    void Draw(bool isWaiting);

    /// <summary>Nothing more comes: the conversation has ended, or nobody wants to see more.</summary>
    void Done(TranscriptProjection view);
}
