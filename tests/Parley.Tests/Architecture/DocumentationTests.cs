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
    public void Code_that_is_shown_is_that_of_a_sample(string page) => Assert.All(
        Quoted().Matches(File.ReadAllText(Repository.At(page))),
        quote => Assert.StartsWith("samples/", quote.Groups["file"].Value, StringComparison.Ordinal));

    /// <summary>So that what is shown compiles outside this repository, too.</summary>
    [Fact]
    public void Samples_see_nothing_that_is_not_public()
    {
        var samples = Directory.EnumerateFiles(Repository.At("samples"), "*.csproj", SearchOption.AllDirectories)
            .Select(sample => Path.GetFileNameWithoutExtension(sample));
        var opened =
            from project in Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories)
            from Match friend in Friend().Matches(File.ReadAllText(project))
            select friend.Groups[1].Value;
        Assert.Empty(samples.Intersect(opened));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories),
            source => File.ReadAllText(source).Contains("assembly: InternalsVisibleTo", StringComparison.Ordinal));
    }

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

    [GeneratedRegex("InternalsVisibleTo Include=\"([^\"]+)\"")]
    private static partial Regex Friend();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Linked();
}
