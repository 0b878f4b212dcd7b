using Microsoft.Win32.SafeHandles;

namespace Parley.Cli;

/// <summary>Standard output. The runtime's own stream of it hides that whoever read the pipe has gone; this one notes it.</summary>
/// <param name="pipe">Where it leads.</param>
internal sealed class StandardOutput(Stream pipe) : Stream
{
    /// <summary>Whether whoever read has gone. What is written from then on is lost, and nobody misses it.</summary>
    public bool IsClosed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The process's own: a file's errors, such as a full disk, stay errors.</summary>
    public static Stream OfThisProcess()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? Console.OpenStandardOutput() : new StandardOutput(file);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsClosed) return;
        try
        {
            pipe.Write(buffer);
        }
        catch (IOException)
        {
            IsClosed = true;
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
