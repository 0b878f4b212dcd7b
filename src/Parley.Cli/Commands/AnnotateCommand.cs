using System.CommandLine;
using Parley.Semantics;
using Parley.Transcripts;

namespace Parley.Cli.Commands;

/// <summary><c>parley annotate</c>: what the segments of a transcript mean.</summary>
internal static class AnnotateCommand
{
    private const string Lesson =
        """
        Every segment gets annotations.semantic with its keywords, risk tags, actions and intent; what else the document holds stays as it is.

        Examples:
          parley annotate transcript.json -o annotated.json
          parley annotate transcript.json --lexicon insurance.json
          parley annotate transcript.json --lexicon reference      exactly as slower-whisper does
        """;

    public static Command Build(Terminal terminal)
    {
        var input = new Argument<string>("TRANSCRIPT.json") { Description = "A transcript (schema version 2), or - for standard input." };
        var lexicon = new Option<string>("--lexicon")
        {
            Description = "The words to look for: a JSON file of your own, or one that is built in.",
            HelpName = "default|reference|FILE",
            DefaultValueFactory = _ => "default",
        };
        var output = CommonArguments.Output();
        var command = new TaughtCommand("annotate", "Say what the segments of a transcript mean.", Lesson) { input, lexicon, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Lexicon = Read(result.GetRequiredValue(lexicon)) });
            var transcript = await TranscriptInput.ReadAsync(result.GetRequiredValue(input), terminal, cancellationToken);
            return await TranscriptOutput.WriteAsync(
                annotator.Annotate(transcript), TranscriptFormat.Json, result.GetValue(output), terminal, cancellationToken);
        });
        return command;
    }

    private static Lexicon Read(string name)
    {
        if (name == "default") return Lexicon.Default;
        if (name == "reference") return Lexicon.Reference;
        try
        {
            return Lexicon.Parse(File.ReadAllText(name));
        }
        catch (LexiconFormatException problem)
        {
            throw new CommandException($"{name} is not a lexicon: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot read {name}: {problem.Message}", problem);
        }
    }
}
