namespace Parley.Transcripts;

/// <summary>
/// What a document lacked or had in an unusual form, and what was done about it. It says where and what, and never what people said.
/// </summary>
/// <param name="Path">Where it was first, such as <c>segments[3].id</c>.</param>
/// <param name="Problem">What is unusual, and what was done.</param>
/// <param name="Count">In how many places. At least 1.</param>
public sealed record TranscriptWarning(string Path, string Problem, int Count = 1)
{
    /// <summary>Returns the warning as one line, such as <c>segments[3].id: missing; … (2 more)</c>.</summary>
    public override string ToString() => Count == 1 ? $"{Path}: {Problem}" : $"{Path}: {Problem} ({Count - 1} more)";
}
