using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>The formats that are known by name.</summary>
public sealed class AsrFormats
{
    private readonly IAsrFormat[] _formats;

    private AsrFormats(IAsrFormat[] formats) => _formats = formats;

    /// <summary>Those that come with Parley, in the order in which they are listed and tried.</summary>
    public static AsrFormats Default { get; } = new(
    [
        new ParleyFormat(),
        new DeepgramFormat(),
        new DeepgramFluxFormat(),
        new AssemblyAiFormat(),
        new AzureFormat(),
        new AwsFormat(),
        new GoogleFormat(),
        new VoskFormat(),
        new SherpaOnnxFormat(),
        new WhisperLiveFormat(),
        new OpenAiRealtimeFormat(),
        new FasterWhisperFormat(),
        new SimulStreamingFormat(),
        new SpeechmaticsFormat(),
        new SonioxFormat(),
        new GladiaFormat(),
        new ElevenLabsFormat(),
        new WhisperLiveKitFormat(),
        new WhisperXFormat(),
        new AwsCallAnalyticsFormat(),
        new WatsonFormat(),
        new RivaFormat(),
        new FunAsrFormat(),
        new MeaiFormat(),
        new RecallFormat(),
        new VexaFormat(),
        new TwilioFormat(),
        new ZoomRtmsFormat(),
        new AttendeeFormat(),
    ]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<IAsrFormat> All => _formats;

    /// <summary>These and one more; it takes the place of one with its name.</summary>
    public AsrFormats With(IAsrFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return new([.. _formats.Where(known => known.Name != format.Name), format]);
    }

    /// <summary>Finds a format by its name, exactly as it is written.</summary>
    public bool TryGet(string? name, [NotNullWhen(true)] out IAsrFormat? format) =>
        (format = Array.Find(_formats, known => known.Name == name)) is not null;

    /// <summary>The format of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public IAsrFormat Get(string name) => TryGet(name, out var format)
        ? format
        : throw new ArgumentException(
            $"There is no format '{name}'. There are: {string.Join(", ", _formats.Select(known => known.Name))}.", nameof(name));

    /// <summary>
    /// Tells the format of one message by its shape; null when no format knows it for its own, or more than one does. The first messages of
    /// a stream may well say nothing: try the next.
    /// </summary>
    public AsrDetection? Detect(ReadOnlyMemory<byte> message)
    {
        var parsed = AsrMessage.Parse(message);
        try
        {
            AsrDetection? told = null;
            foreach (var format in _formats)
            {
                if (Reason(format, parsed) is not { } reason) continue;
                if (told is not null) return null;
                told = new(format, reason);
            }

            return told;
        }
        finally
        {
            parsed.Release();
        }
    }

    // A field of another kind than a format's own is not of its messages.
    private static string? Reason(IAsrFormat format, AsrMessage message)
    {
        try
        {
            return format.Recognise(message);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
