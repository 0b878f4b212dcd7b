using System.Security.Cryptography;
using System.Text;

namespace Parley.Transcripts;

/// <summary>What every transcript in HTML has in common.</summary>
public static class TranscriptPage
{
    internal static string Style { get; } = Read();

    /// <summary>
    /// Gets the content security policy of the page, which is also in it: no script, nothing from elsewhere, and no style but its own.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{HashOf(Style)}'; base-uri 'none'; form-action 'none'";

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The policy has the hash of the characters as a browser sees them: with line feeds.
    private static string Read()
    {
        using var reader = new StreamReader(typeof(TranscriptPage).Assembly.GetManifestResourceStream("Parley.Transcripts.page.css")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
