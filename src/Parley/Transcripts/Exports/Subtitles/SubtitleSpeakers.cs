namespace Parley.Transcripts;

/// <summary>Which cues say who speaks.</summary>
public enum SubtitleSpeakers
{
    /// <summary>Cues whose speaker is another than that of the cue before. In WebVTT, where it is not shown, every cue.</summary>
    Change,

    /// <summary>Every cue.</summary>
    All,

    /// <summary>No cue.</summary>
    None,
}
