using Parley.Conversations.Replay;
using Parley.Transcripts;

namespace Parley.Tests.Conversations;

/// <summary>A call about 300,000 segments keeps at most 64 MB in memory.</summary>
[Collection(nameof(VeryLongConversationTests))]
[CollectionDefinition(nameof(VeryLongConversationTests), DisableParallelization = true)]
public sealed class VeryLongConversationTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const int Segments = 300_000;
    private const long MostBytes = 64 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transcript()
    {
        var (log, conversation) = VeryLongConversation.Create(Stream, Segments);
        var transcript = await ConversationTranscript.ReadAsync(log, Stream, cancellationToken: Cancel);
        conversation.Look();
        await using var body = new CountingStream();
        await transcript.WriteAsync(TranscriptFormat.Json, body, Cancel);
        Assert.InRange(body.Length, 200_000_000, long.MaxValue);
        Assert.InRange(conversation.PeakBytes, 0, MostBytes);
        Assert.InRange(conversation.Looks, 10, int.MaxValue);
    }

    [Fact]
    public async Task Results()
    {
        var (log, conversation) = VeryLongConversation.Create(Stream, Segments);
        Assert.Equal(Segments / 8, await ConversationResults.ReadAsync(log, Stream, Cancel).CountAsync(Cancel));
        Assert.InRange(conversation.PeakBytes, 0, MostBytes);
        Assert.InRange(conversation.Looks, 10, int.MaxValue);
    }

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
