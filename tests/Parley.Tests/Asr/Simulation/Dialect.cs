using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Tests.Asr.Simulation;

/// <summary>Speaks as one vendor does: the messages of a conversation, one a line.</summary>
internal abstract class Dialect
{
    public static IReadOnlyList<Dialect> All { get; } =
    [
        new ParleyDialect(), new DeepgramDialect(), new DeepgramFluxDialect(), new AssemblyAiDialect(), new AzureDialect(), new AwsDialect(),
        new GoogleDialect(), new GoogleDialect(isFirstVersion: true), new VoskDialect(), new SherpaOnnxDialect(), new WhisperLiveDialect(),
        new OpenAiRealtimeDialect(), new OpenAiRealtimeDialect(isAnswered: true), new FasterWhisperDialect(), new SimulStreamingDialect(),
        new SpeechmaticsDialect(), new SonioxDialect(), new GladiaDialect(), new ElevenLabsDialect(), new WhisperLiveKitDialect(),
        new WhisperLiveKitDialect(isDiff: true), new WhisperXDialect(), new AwsCallAnalyticsDialect(), new WatsonDialect(),
        new RivaDialect(), new FunAsrDialect(), new MeaiDialect(), new RecallDialect(), new VexaDialect(), new TwilioDialect(),
        new ZoomRtmsDialect(), new AttendeeDialect(),
    ];

    public abstract string Format { get; }

    /// <summary>What to call it in a test's name: formats have more than one dialect.</summary>
    public virtual string Name => Format;

    /// <summary>Whether each message has text of those before it again, so that a repeat is nothing out of order.</summary>
    public virtual bool RepeatsText => false;

    /// <summary>Whether a message says what changed since the one before, so that elsewhere it says something else.</summary>
    public virtual bool SendsChanges => false;

    /// <summary>Whether final text may come without times, so that nothing tells a repeat from another text with the same words.</summary>
    public virtual bool MayLackTimes => false;

    public bool HasSpeakers { get; protected init; }

    /// <summary>Whether its finals tell the times of words and who said each.</summary>
    public bool HasWordSpeakers { get; protected init; }

    public IReadOnlyList<string> Speak(Conversation conversation) => [.. conversation.Connections.SelectMany(Speak), .. Goodbye()];

    protected abstract IEnumerable<string> Speak(Connection connection);

    protected virtual IEnumerable<string> Goodbye() => [];

    protected static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Seconds in the connection's clock.</summary>
    protected static string Sec(Connection connection, double time) => (time - connection.OpenedAt).ToString("0.00", CultureInfo.InvariantCulture);

    protected static string Millis(Connection connection, double time) => Scaled(connection, time, 1_000);

    protected static string Ticks(Connection connection, double time) => Scaled(connection, time, 10_000_000);

    protected static int Number(string speaker) => speaker == "ana" ? 0 : 1;

    protected static string Each<T>(IEnumerable<T> items, Func<T, string> write) => string.Join(',', items.Select(write));

    protected static string Text(IEnumerable<SpokenWord> words) => string.Join(' ', words.Select(word => word.Text));

    /// <summary>As a recogniser without punctuation writes it.</summary>
    protected static string Bare(string text) => new([.. text.ToLowerInvariant().Where(c => char.IsLetter(c) || c is ' ' or '\'')]);

    private static string Scaled(Connection connection, double time, double scale) =>
        Math.Round((time - connection.OpenedAt) * scale).ToString("0", CultureInfo.InvariantCulture);
}
