namespace Parley.Evaluation;

/// <summary>Where things are, found from the folder this runs in upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = Up(directory => File.Exists(Path.Combine(directory, "Parley.slnx")))
        ?? throw new DirectoryNotFoundException("Run this from inside the repository: no Parley.slnx was found above the current folder.");

    /// <summary>The folder with the labelled meetings, or null where it is absent.</summary>
    public static string? Meetings { get; } =
        Up(directory => File.Exists(Path.Combine(directory, "shared/data/icsi/intents-dev.jsonl"))) is { } found
            ? Path.Combine(found, "shared/data/icsi")
            : null;

    /// <summary>The segments of the meetings that nothing is trained on, or null where the data are absent.</summary>
    public static string? Segments { get; } = Meetings is null ? null : Path.Combine(Meetings, "segments-dev.jsonl");

    private static string? Up(Func<string, bool> found)
    {
        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            if (found(at.FullName)) return at.FullName;
        }

        return null;
    }
}
