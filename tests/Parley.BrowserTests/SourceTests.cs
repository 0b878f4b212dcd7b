using System.Text.RegularExpressions;
using Parley.Tests.Support;

namespace Parley.BrowserTests;

public partial class SourceTests
{
    [Fact]
    public void No_string_ever_becomes_markup_script_or_style()
    {
        var files = Directory.EnumerateFiles(Repository.At("src", "Parley.AspNetCore", "wwwroot"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".js" or ".html" or ".css").ToArray();
        Assert.NotEmpty(files);
        var found = from file in files
                    from match in Forbidden().Matches(File.ReadAllText(file))
                    select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(found);
    }

    // The names of SVG are no address that anything is fetched from.
    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|\beval\(|new Function|<style|\sstyle=|\son\w+=""|https?://(?!www\.w3\.org/2000/svg)")]
    private static partial Regex Forbidden();
}
