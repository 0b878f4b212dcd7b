using Parley.Streaming;

var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes });

StreamChunk[] chunks =
[
    new(0.0, 1.2, "Shall we ship", "ana"),
    new(1.3, 2.0, "on Thursday?", "ana"),
    new(1.8, 2.6, "Thursday works.", "ben"),
    new(5.0, 5.9, "Good, decided.", "ana"),
];

foreach (var chunk in chunks) Show(session.IngestChunk(chunk));
Show(session.EndOfStream());

static void Show(StreamEvents events)
{
    foreach (var e in events)
    {
        var mark = e.Type == StreamEventType.FinalSegment ? "final  " : "partial";
        Console.WriteLine($"{mark} {e.Segment.Start:0.0}-{e.Segment.End:0.0} {e.Segment.SpeakerId}: {e.Segment.Text}");
    }
}
