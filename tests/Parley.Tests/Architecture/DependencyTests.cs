using System.Text.RegularExpressions;
using Parley.Tests.Support;

namespace Parley.Tests.Architecture;

public partial class DependencyTests
{
    /// <summary>The folders of the engine, each of which uses only what stands before it.</summary>
    private static readonly string[] Flow =
    [
        "Telemetry", "Streaming", "Asr", "Transcripts", "Turns", "Redaction", "Languages", "Semantics", "Context", "Routing", "Log",
        "Conversations.Rules", "Conversations.Intake", "Conversations.Running", "Conversations.Replay", "Work",
    ];

    /// <summary>The folders that read no clock, do no I/O, make nothing up and hold no lock.</summary>
    private static readonly string[] Core =
    [
        "Streaming", "Asr", "Turns", "Redaction", "Languages", "Semantics", "Context", "Routing",
        "Conversations.Rules", "Conversations.Intake",
    ];

    private static readonly string Engine = Repository.At("src", "Parley");

    [Fact]
    public void A_folder_never_uses_a_later_folder()
    {
        var backwards =
            from file in Sources()
            let stage = Array.IndexOf(Flow, FolderOf(file))
            from used in Used().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Distinct()
            where Array.IndexOf(Flow, used) > stage
            select $"{Path.GetRelativePath(Engine, file)} uses {used}";
        Assert.Empty(backwards);
    }

    [Fact]
    public void Every_source_stands_in_a_folder_of_the_flow_and_has_its_namespace()
    {
        var astray =
            from file in Sources()
            where !Flow.Contains(FolderOf(file)) || !File.ReadAllText(file).Contains($"namespace Parley.{FolderOf(file)}", StringComparison.Ordinal)
            select Path.GetRelativePath(Engine, file);
        Assert.Empty(astray);
    }

    [Fact]
    public void The_functional_core_reads_no_clock_and_does_no_io()
    {
        var impure =
            from file in Sources()
            where Core.Contains(FolderOf(file))
            from match in Impure().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Engine, file)}: {match.Value}";
        Assert.Empty(impure);
    }

    [Fact]
    public void The_protocol_depends_on_nothing() =>
        Assert.DoesNotContain("Reference Include", File.ReadAllText(Repository.At("src", "Parley.Protocol", "Parley.Protocol.csproj")), StringComparison.Ordinal);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories);

    private static string FolderOf(string file)
    {
        var path = Path.GetRelativePath(Engine, file).Split(Path.DirectorySeparatorChar);
        return path[0] == "Conversations" ? $"{path[0]}.{path[1]}" : path[0];
    }

    [GeneratedRegex(@"\bParley\.(Conversations\.\w+|[A-Z]\w+)\b")]
    private static partial Regex Used();

    [GeneratedRegex(@"\b(TimeProvider|Stopwatch|DateTime(Offset)?\.(UtcNow|Now)|File\.|FileStream|Random\b|Guid\.|lock \(|Thread\.|Task\.)")]
    private static partial Regex Impure();
}
