using System.Text;
using Parley.AspNetCore.Sockets;

namespace Parley.IntegrationTests.Server;

public sealed class GatheringStreamTests : IDisposable
{
    private readonly Connection _connection = new();
    private readonly GatheringStream _frames;

    public GatheringStreamTests() => _frames = new GatheringStream(_connection);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _frames.Dispose();

    [Fact]
    public async Task Frames_that_are_held_go_out_together_and_in_order()
    {
        _frames.Hold();
        await WriteAsync("one ");
        await WriteAsync("two ");
        await WriteAsync("three");
        Assert.Empty(_connection.Writes);
        await _frames.LetGoAsync();
        Assert.Equal(["one two three"], _connection.Writes);
    }

    [Fact]
    public async Task A_frame_that_is_not_held_goes_out_at_once_with_those_before_it()
    {
        await WriteAsync("alone");
        _frames.Hold();
        await WriteAsync("held ");
        _frames.Release();
        await WriteAsync("not held");
        Assert.Equal(["alone", "held not held"], _connection.Writes);
    }

    [Fact]
    public async Task Nothing_held_is_nothing_to_send()
    {
        _frames.Hold();
        await _frames.LetGoAsync();
        Assert.Empty(_connection.Writes);
    }

    [Fact]
    public async Task No_more_is_held_than_the_bound()
    {
        var frame = new string('x', GatheringStream.MostHeld / 4);
        _frames.Hold();
        for (var i = 0; i < 10; i++) await WriteAsync(frame);
        Assert.Equal(2, _connection.Writes.Count);
        Assert.All(_connection.Writes, written => Assert.Equal(GatheringStream.MostHeld, written.Length));
        await _frames.LetGoAsync();
        Assert.Equal(10 * frame.Length, _connection.Writes.Sum(written => written.Length));
    }

    [Fact]
    public async Task Whoever_writes_waits_for_a_connection_that_does_not_take_it_and_nothing_overtakes()
    {
        var taken = _connection.Stall();
        var first = WriteAsync("first");
        var second = WriteAsync("second");
        Assert.False(first.IsCompleted || second.IsCompleted);
        taken.SetResult();
        await first;
        await second;
        Assert.Equal(["first", "second"], _connection.Writes);
    }

    private Task WriteAsync(string frame) => _frames.WriteAsync(Encoding.ASCII.GetBytes(frame), Cancel).AsTask();

    /// <summary>Keeps what is written to it; stalled, it takes the next write only when it is told to.</summary>
    private sealed class Connection : MemoryStream
    {
        private Task _taken = Task.CompletedTask;

        public List<string> Writes { get; } = [];

        public TaskCompletionSource Stall()
        {
            var taken = new TaskCompletionSource();
            _taken = taken.Task;
            return taken;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(Encoding.ASCII.GetString(buffer.Span));
            await _taken;
        }
    }
}
