using System.Globalization;
using System.Text;
using Parley.Conversations.Intake;

namespace Parley.ConversationFeeder;

/// <summary>A recogniser that feeds a conversation: texts in several messages each, of which every fifth begins a card number and the next ends it.</summary>
public sealed class Recogniser
{
    private const int Texts = 20;

    private readonly string _format;
    private readonly Func<int, int, string> _message;

    private Recogniser(string source, string format, int messagesEach, Func<int, int, string> message) =>
        (Source, _format, MessagesEach, _message) = (source, format, messagesEach, message);

    /// <summary>Replaces interims by a final; and one whose texts come in pieces, none of which is acknowledged before the last.</summary>
    public static IReadOnlyList<Recogniser> All { get; } = [new("replacing", "deepgram", 2, Replacing), new("appending", "openai-realtime", 5, Appending)];

    /// <summary>Its source.</summary>
    public string Source { get; }

    /// <summary>How many messages a text comes in.</summary>
    public int MessagesEach { get; }

    /// <summary>How many messages it sends.</summary>
    public long Messages => Texts * MessagesEach;

    /// <summary>Where a text starts.</summary>
    public static double Start(int text) => 2 * text;

    /// <summary>What a text begins with, whatever is taken out of it.</summary>
    public string Beginning(int text) => string.Create(CultureInfo.InvariantCulture, $"say {Source} {Letters(text)} ");

    /// <summary>One message.</summary>
    public MessageDelivery Message(long sequence)
    {
        var (text, part) = Math.DivRem((int)sequence - 1, MessagesEach);
        return new(sequence, _format, Encoding.UTF8.GetBytes(_message(text, part)), Source);
    }

    private static string Replacing(int text, int part)
    {
        var words = $"say replacing {Letters(text)} {Rest(text)}".Split(' ');
        var list = string.Join(',', words.Select((word, i) =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"word":"{{word}}","start":{{Start(text) + (i * 0.1):F1}},"end":{{Start(text) + (i * 0.1) + 0.1:F1}},"speaker":0}""")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Results","start":{{{Start(text):F1}}},"duration":1.5,"is_final":{{{(part == 1 ? "true" : "false")}}},"channel":{"alternatives":[{"transcript":"{{{string.Join(' ', words)}}}","words":[{{{list}}}]}]}}""");
    }

    private static string Appending(int text, int part)
    {
        var item = string.Create(CultureInfo.InvariantCulture, $"\"item_id\":\"it_{text}\"");
        var words = $"say appending {Letters(text)} {Rest(text)}";
        return part switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"input_audio_buffer.speech_started",{{item}},"audio_start_ms":{{Start(text) * 1000:F0}}}"""),
            1 => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"input_audio_buffer.speech_stopped",{{item}},"audio_end_ms":{{(Start(text) + 1.5) * 1000:F0}}}"""),
            4 => $$"""{"type":"conversation.item.input_audio_transcription.completed",{{item}},"transcript":"{{words}}"}""",
            _ => $$"""{"type":"conversation.item.input_audio_transcription.delta",{{item}},"delta":"{{(part == 2 ? words[..8] : words[8..])}}"}""",
        };
    }

    private static string Rest(int text) => (text % 5) switch
    {
        3 => "my card is 4111 1111",
        4 => "1111 1111 that is all",
        _ => "could you check",
    };

    // Digits would be part of what is looked for.
    private static string Letters(int text) => $"{(char)('a' + (text / 5))}{(char)('a' + (text % 5))}";
}
