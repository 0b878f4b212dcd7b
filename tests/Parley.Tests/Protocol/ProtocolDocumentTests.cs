using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.Protocol;

/// <summary>What <c>docs/protocol.md</c> shows is what the code reads and writes.</summary>
public partial class ProtocolDocumentTests
{
    private static readonly string Page = File.ReadAllText(Repository.At("docs", "protocol.md"));

    public static TheoryData<string> ServerExamples => [.. Examples("server")];

    public static TheoryData<string> ClientExamples => [.. Examples("client")];

    [Theory, MemberData(nameof(ServerExamples))]
    public void A_servers_example_is_written_as_it_is_shown(string json) => AssertSame(json, Envelope.Parse(Encoding.UTF8.GetBytes(json)).ToUtf8());

    [Theory, MemberData(nameof(ClientExamples))]
    public void A_clients_example_is_written_as_it_is_shown(string json) => AssertSame(json, ClientMessage.Parse(Encoding.UTF8.GetBytes(json)).ToUtf8());

    [Fact]
    public void Every_message_has_an_example() => Assert.Equal(
        TypesOf(typeof(ServerPayload)).Concat(TypesOf(typeof(ClientMessage))).Order(StringComparer.Ordinal),
        Examples("server").Concat(Examples("client")).Select(TypeIn).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_is_listed()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", Page, StringComparison.Ordinal));
    }

    private static void AssertSame(string shown, byte[] written) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(shown).RootElement, JsonDocument.Parse(written).RootElement), Encoding.UTF8.GetString(written));

    private static IEnumerable<string> Examples(string side) =>
        Fenced().Matches(Page).Where(match => match.Groups["side"].Value == side).Select(match => match.Groups["json"].Value);

    private static string TypeIn(string json) => JsonDocument.Parse(json).RootElement.GetProperty("type").GetString()!;

    // SESSION_STARTED of SessionStartedPayload, START_SESSION of StartSession: the names differ by their spelling alone.
    private static IEnumerable<string> TypesOf(Type family) =>
        from type in family.Assembly.GetTypes()
        where type.IsSubclassOf(family) && type != typeof(OtherPayload)
        let name = type.Name.EndsWith("Payload", StringComparison.Ordinal) ? type.Name[..^"Payload".Length] : type.Name
        select Hump().Replace(name, "_$0").ToUpperInvariant();

    [GeneratedRegex("^```json (?<side>server|client)\n(?<json>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();
}
