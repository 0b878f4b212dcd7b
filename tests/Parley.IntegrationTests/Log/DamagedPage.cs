using System.Text;

namespace Parley.IntegrationTests.Log;

/// <summary>Destroys one page of a database file, as a disk does.</summary>
internal static class DamagedPage
{
    private const int PageBytes = 4096;

    /// <summary>Destroys the pages that have a text.</summary>
    public static void With(string path, string text)
    {
        var bytes = File.ReadAllBytes(path);
        var pages = 0;
        for (var at = 0; at < bytes.Length; at += PageBytes)
        {
            var page = bytes.AsSpan(at, PageBytes);
            if (page.IndexOf(Encoding.UTF8.GetBytes(text)) < 0) continue;
            page.Fill(0xA5);
            pages++;
        }

        Assert.True(pages > 0, $"No page has {text}.");
        File.WriteAllBytes(path, bytes);
    }
}
