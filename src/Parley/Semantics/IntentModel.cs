using System.Security.Cryptography;

namespace Parley.Semantics;

/// <summary>
/// The weights behind the intents: one table for whole utterances, and one for segments, which pauses and other speakers cut anywhere.
/// <c>bench/Parley.Evaluation train</c> writes them as <c>intents.bin</c>.
/// </summary>
/// <param name="utterances">The table for whole utterances.</param>
/// <param name="segments">The table for segments.</param>
internal sealed class IntentModel(IntentTable utterances, IntentTable segments)
{
    private const string Resource = "Parley.Semantics.intents.bin";

    /// <summary>Gets the weights that come with Parley.</summary>
    public static IntentModel Default { get; } = Load();

    /// <summary>Gets a fingerprint of the weights that come with Parley.</summary>
    public static string Fingerprint { get; } = Hash();

    /// <summary>Gets the table for whole utterances.</summary>
    public IntentTable Utterances => utterances;

    /// <summary>Gets the table for segments.</summary>
    public IntentTable Segments => segments;

    /// <summary>Writes the weights.</summary>
    public void Write(Stream stream)
    {
        utterances.Write(stream);
        segments.Write(stream);
    }

    private static IntentModel Load()
    {
        using var stream = Open();
        return new IntentModel(IntentTable.Read(stream), IntentTable.Read(stream));
    }

    private static string Hash()
    {
        using var stream = Open();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static Stream Open() => typeof(IntentModel).Assembly.GetManifestResourceStream(Resource)!;
}
