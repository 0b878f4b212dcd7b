using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.Protocol;

/// <summary>The readers that cannot ask <see cref="ServerPayload.IsFact"/> name the messages that are none. They name all of them.</summary>
public sealed partial class MessagesThatAreNotFactsTests
{
    [Theory]
    [InlineData("const NOT_FACTS", "src", "Parley.AspNetCore", "wwwroot", "js", "projection.js")]
    [InlineData("bool IsFact", "bench", "Parley.LoadBench", "Heard.cs")]
    public void Are_known_to_every_reader(string declaration, params string[] file)
    {
        var line = File.ReadLines(Repository.At(file)).Single(line => line.Contains(declaration, StringComparison.Ordinal));
        Assert.Equal(NotFacts().Order(), Names().Matches(line).Select(name => name.Value).Order());
    }

    private static IEnumerable<string> NotFacts() => typeof(ServerPayload).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ServerPayload)) && type != typeof(OtherPayload))
        .Select(type => (ServerPayload)RuntimeHelpers.GetUninitializedObject(type))
        .Where(payload => !payload.IsFact)
        .Select(payload => payload.Type);

    [GeneratedRegex("(?<=[\"'])[A-Z_]+(?=[\"'])")]
    private static partial Regex Names();
}
