using System.Text;
using Parley.Asr;
using Parley.Streaming;

namespace Parley.Tests.Asr;

/// <summary>Runs messages through an assembler and keeps what came out.</summary>
internal sealed class Heard
{
    private readonly HypothesisAssembler _assembler;

    public Heard(string format, AsrConfig? config = null) => _assembler = new(AsrFormats.Default.Get(format), config);

    public HypothesisAssembler Assembler => _assembler;

    public List<AsrOutput> Outputs { get; } = [];

    public IEnumerable<AsrOutput> Committed => Outputs.Where(output => output.Kind == AsrOutputKind.Committed);

    public string[] Texts => [.. Committed.Select(output => output.Chunk.Text)];

    public string[] Tails => [.. Outputs.Where(output => output.Kind == AsrOutputKind.Tentative).Select(output => output.Chunk.Text)];

    public static Heard Of(string format, params IEnumerable<string> messages)
    {
        var heard = new Heard(format).Ingest(messages);
        return heard.Close();
    }

    public Heard Ingest(params IEnumerable<string> messages)
    {
        foreach (var message in messages) Outputs.AddRange(_assembler.Ingest(Encoding.UTF8.GetBytes(message)));
        return this;
    }

    public Heard Ingest(byte[] message)
    {
        Outputs.AddRange(_assembler.Ingest(message));
        return this;
    }

    public Heard Close(AsrCommitReason reason = AsrCommitReason.ConnectionClosed)
    {
        Outputs.AddRange(_assembler.CommitOpen(reason));
        return this;
    }

    public long Count(AsrAnomaly anomaly) => _assembler.Count(anomaly);

    public IEnumerable<AsrAnomaly> Anomalies => Outputs.Where(output => output.Kind == AsrOutputKind.Anomaly).Select(output => output.Anomaly);

    /// <summary>The committed chunks with the names that came later.</summary>
    public IReadOnlyList<StreamChunk> Chunks()
    {
        var chunks = Committed.Select(output => (output.Key, output.Chunk)).ToList();
        foreach (var revision in Outputs.Where(output => output.Kind == AsrOutputKind.SpeakerRevision))
        {
            var at = chunks.FindIndex(chunk => chunk.Key == revision.Key);
            chunks[at] = (revision.Key, chunks[at].Chunk with { SpeakerId = revision.Chunk.SpeakerId });
        }

        return [.. chunks.Select(chunk => chunk.Chunk)];
    }

    /// <summary>Bare words with their speakers, numbered in order of appearance; without <paramref name="speakers"/>, all are one.</summary>
    public static IEnumerable<(int Speaker, string Word)> Words(IEnumerable<(string? Speaker, string Text)> said, bool speakers)
    {
        var names = new List<string?>();
        foreach (var (speaker, text) in said)
        {
            if (!names.Contains(speaker)) names.Add(speaker);
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return (speakers ? names.IndexOf(speaker) : 0, Bare(word));
        }
    }

    public static string Bare(string text) => new([.. text.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '\'')]);
}
