using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>
/// A server that keeps to the protocol: takes what is next, acknowledges it, tells a fact of each, and remembers both. Between any two messages, in or out, it
/// asks whether to cut the connection.
/// </summary>
/// <param name="server">Where clients come.</param>
/// <param name="isCut">Told how many messages passed so far; true cuts the connection there.</param>
internal sealed class ServerModel(FakeServer server, Func<long, bool> isCut)
{
    private readonly List<ServerPayload> _facts = [];
    private long _boundaries;

    public List<string> Taken { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Serves one connection after the other until the conversation has ended and its client has closed.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            var socket = await server.AcceptAsync();
            Connections++;
            try
            {
                if (await ServeAsync(socket)) return;
            }
            catch (Exception gone) when (gone is System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The client has cut it, as it may.
            }

            socket.Drop();
        }
    }

    private async Task<bool> ServeAsync(FakeSocket socket)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync();
            if (message is null) return _facts is [.., SessionEndedPayload];
            if (IsCut()) return false;
            switch (message)
            {
                case StartSession:
                    if (_facts.Count == 0) _facts.Add(new SessionStartedPayload(socket.StreamId));
                    if (!await TellAsync(socket, after: 0)) return false;
                    break;
                case ResumeSession resume:
                    await socket.SayAsync(new SessionResumedPayload(resume.LastEventId, new Dictionary<string, long> { [""] = Taken.Count + 1 }), resume.LastEventId);
                    if (IsCut() || !await TellAsync(socket, resume.LastEventId)) return false;
                    break;
                case TextChunk chunk:
                    Assert.True(chunk.Sequence <= Taken.Count + 1, $"{chunk.Sequence} is ahead of {Taken.Count + 1}.");
                    var isNew = chunk.Sequence == Taken.Count + 1;
                    if (isNew) Take(chunk);
                    if (IsCut() || (isNew && !await TellAsync(socket, _facts.Count - 1))) return false;
                    await socket.AckAsync(chunk.Sequence);
                    if (IsCut()) return false;
                    break;
                case EndSession:
                    if (_facts is not [.., SessionEndedPayload]) _facts.Add(new SessionEndedPayload(new SessionStats { ChunksReceived = Taken.Count }));
                    if (IsCut() || !await TellAsync(socket, _facts.Count - 1)) return false;
                    break;
            }
        }
    }

    private void Take(TextChunk chunk)
    {
        Taken.Add(chunk.Text);
        _facts.Add(new FinalizedPayload(new SegmentText(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId)));
    }

    private async Task<bool> TellAsync(FakeSocket socket, long after)
    {
        for (var id = after + 1; id <= _facts.Count; id++)
        {
            await socket.SayAsync(_facts[(int)id - 1], id);
            if (IsCut()) return false;
        }

        return true;
    }

    private bool IsCut() => isCut(++_boundaries);
}
