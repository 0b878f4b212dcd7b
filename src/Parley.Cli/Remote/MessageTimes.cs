using Parley.Asr;

namespace Parley.Cli.Remote;

/// <summary>When, in audio time, a recogniser's messages were said: what a replay at speed goes by. It also tells a format by its shape.</summary>
internal sealed class MessageTimes(string format, Action<AsrDetection> told)
{
    private readonly RecogniserMessages _messages = new(format, new(), told);
    private readonly List<AsrOutput> _outputs = [];

    /// <summary>The format; null while it is not known.</summary>
    public string? Format => _messages.Format;

    /// <summary>Takes a message, and says up to where it tells what was said; null where it tells nothing.</summary>
    /// <exception cref="CommandException">The format cannot be told.</exception>
    public double? Take(ReadOnlyMemory<byte> message)
    {
        _outputs.Clear();
        _messages.Take(message, _outputs);
        return _outputs.Where(output => output.Kind is AsrOutputKind.Committed or AsrOutputKind.Tentative).Select(output => (double?)output.Chunk.End).Max();
    }

    /// <summary>There are no more.</summary>
    /// <exception cref="CommandException">The format cannot be told.</exception>
    public void End()
    {
        _outputs.Clear();
        _messages.End(_outputs);
    }
}
