using Parley.Streaming;

namespace Parley.Transcripts;

/// <summary>A chunk of a finished transcript.</summary>
/// <param name="Chunk">The text, its times in seconds from the start of the recording, its speaker, and what else the file says of
/// it.</param>
/// <param name="EndsTurn">Whether the file says that a segment or a turn of its speaker ends with it.</param>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
public readonly record struct ImportedChunk(StreamChunk Chunk, bool EndsTurn, long Line);
