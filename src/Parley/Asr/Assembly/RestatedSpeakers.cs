namespace Parley.Asr;

/// <summary>
/// The same words with new labels: a part that was said as one speaker's, and is repeated in full as another's, is that one's.
/// </summary>
internal static class RestatedSpeakers
{
    private readonly record struct Repeated(SaidText Text, int Part, string? Speaker, int Words);

    public static void Revise(in FinalText text, RepeatFinder repeats, AsrConnection connection, Speech speech)
    {
        Repeated? open = null;
        foreach (ref readonly var repeat in repeats.Repeats)
        {
            var said = repeat.Said;
            var speaker = SpeakerOf(text, repeats.Heard.Words[repeat.Heard].Word);
            if (open is { } same && same.Text == said.Text && same.Part == said.Part && OpenTexts.SameName(same.Speaker, speaker))
            {
                open = same with { Words = same.Words + 1 };
                continue;
            }

            Close(open, connection, speech);
            open = new(said.Text, said.Part, speaker, 1);
        }

        Close(open, connection, speech);
    }

    private static string? SpeakerOf(in FinalText text, int word)
    {
        for (; text.IsByWord && word >= 0; word--)
        {
            if (text.Words[word].SpeakerId is { } speaker) return speaker;
        }

        return text.Update.SpeakerId;
    }

    private static void Close(Repeated? open, AsrConnection connection, Speech speech)
    {
        if (open is not { Speaker: { } speaker } repeated || repeated.Part >= repeated.Text.Parts.Count) return;
        if (repeated.Words >= repeated.Text.Parts[repeated.Part].Words) speech.Rename(repeated.Text, connection, speaker, repeated.Part);
    }
}
