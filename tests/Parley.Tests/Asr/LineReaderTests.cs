using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Asr;

namespace Parley.Tests.Asr;

public class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\n\nb", new[] { "a", "", "b" })]
    [InlineData("\ufeffa\nb\n", new[] { "a", "b" })]
    public async Task Lines_are_split(string text, string[] lines) => Assert.Equal(lines, await ReadAsync(text, 3));

    [Fact]
    public async Task A_line_that_is_too_long_is_told_by_its_number_and_the_next_is_whole()
    {
        var reader = new LineReader(new Trickle(Encoding.UTF8.GetBytes($"ok\n{new string('x', 200_000)}\nafter\n{new string('y', 101)}"), 4096), maxLineBytes: 100);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1, false, 2), (reader.Number, reader.IsTooLong, reader.Line.Length));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((2, true, 0), (reader.Number, reader.IsTooLong, reader.Line.Length));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((3, false, 5), (reader.Number, reader.IsTooLong, reader.Line.Length));
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((4, true), (reader.Number, reader.IsTooLong));
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3 + 200_001 + 6 + 101, reader.BytesRead);
    }

    [Fact]
    public void However_the_bytes_arrive_the_lines_are_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("", "a", "bc", "\r", "def ghi", "\u6f22")).ToArbitrary(),
            Gen.Choose(1, 7).ToArbitrary(),
            (parts, step) =>
            {
                var text = string.Join('\n', parts);
                var expected = text.Length == 0 ? [] : text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
                if (text.EndsWith('\n')) expected.RemoveAt(expected.Count - 1);
                Assert.Equal(expected, ReadAsync(text, step).GetAwaiter().GetResult());
            }));

    [Fact]
    public async Task Reading_can_be_left_behind_when_the_input_does_not_answer()
    {
        using var stop = new CancellationTokenSource();
        var reading = new LineReader(new Silence()).ReadAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<List<string>> ReadAsync(string text, int step)
    {
        var reader = new LineReader(new Trickle(Encoding.UTF8.GetBytes(text), step));
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(Encoding.UTF8.GetString(reader.Line.Span));
        return lines;
    }

    /// <summary>Hands out a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }

    /// <summary>Never answers, and does not listen to cancellation either.</summary>
    private sealed class Silence : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<int>().Task);
    }
}
