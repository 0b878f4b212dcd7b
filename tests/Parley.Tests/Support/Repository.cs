namespace Parley.Tests.Support;

/// <summary>The checkout that the tests run from, and the recordings beside it that are not part of it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>The real meetings; the test is skipped, visibly, where they are absent.</summary>
    public static IReadOnlyList<string> Meetings()
    {
        var folder = Path.Combine(Root, "..", "shared", "data", "icsi");
        if (!Directory.Exists(folder)) Assert.Skip("The recorded meetings are not on this machine.");
        return [.. Directory.EnumerateFiles(folder, "*.chunks.jsonl").Order(StringComparer.Ordinal)];
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Parley.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run from a checkout.");
        return folder;
    }
}
