using System.IO.Pipes;
using System.Text;
using Parley.Cli;

namespace Parley.Tests.Cli;

/// <summary><c>parley segment - | head</c>: whoever reads has enough, and goes.</summary>
public class ClosedOutputTests
{
    [Theory]
    [InlineData("segment", "-")]
    [InlineData("convert", "-", "--format", "parley")]
    public async Task A_filter_whose_reader_has_gone_reads_no_further(params string[] args)
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = new AnonymousPipeClientStream(PipeDirection.Out, reader.ClientSafePipeHandle);
        await using var output = new StandardOutput(writer);
        reader.Dispose();
        // Input without an end: a command that did not notice would never return.
        await using var input = new Endless("""{"start":0,"end":1,"text":"hello","speaker_id":"ana"}""" + "\n");
        var run = await CommandRun.Between(input, output, TestContext.Current.CancellationToken, args);
        Assert.Equal((141, ""), (run.ExitCode, run.Error));
        Assert.True(output.IsClosed);
    }

    private sealed class Endless(string line) : Stream
    {
        private readonly byte[] _line = Encoding.UTF8.GetBytes(line);
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++) buffer[offset + i] = _line[_next++ % _line.Length];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
