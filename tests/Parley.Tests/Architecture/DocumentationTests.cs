using System.Text.RegularExpressions;
using Parley.Tests.Support;

namespace Parley.Tests.Architecture;

/// <summary>Code shown in the docs is code that was compiled: each block marked <c>file=PATH</c> is that file.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
        new(Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Repository.At("docs"), "*.md", SearchOption.AllDirectories))
            .Select(page => Path.GetRelativePath(Repository.Root, page)));

    [Theory, MemberData(nameof(Pages))]
    public void Quoted_files_are_as_they_are(string page)
    {
        foreach (Match quote in Quoted().Matches(File.ReadAllText(Repository.At(page))))
            Assert.Equal(File.ReadAllText(Repository.At(quote.Groups["file"].Value)).TrimEnd(), quote.Groups["code"].Value.TrimEnd());
    }

    [Theory, MemberData(nameof(Pages))]
    public void No_code_is_shown_that_is_not_compiled(string page) =>
        Assert.DoesNotMatch(Uncompiled(), File.ReadAllText(Repository.At(page)));

    [Theory, MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var broken =
            from Match link in Linked().Matches(File.ReadAllText(Repository.At(page)))
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.At(page))!, target))
            select target;
        Assert.Empty(broken);
    }

    [GeneratedRegex(@"^\s*(```|~~~)\s*(c#|cs|csharp)\b(?! file=\S+\.cs\n)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Uncompiled();

    [GeneratedRegex(@"```\w+ file=(?<file>\S+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Linked();
}
