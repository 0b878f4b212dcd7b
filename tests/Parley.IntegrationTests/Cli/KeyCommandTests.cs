using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Parley.IntegrationTests.Security;
using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

public sealed partial class KeyCommandTests
{
    [Fact]
    public async Task What_is_printed_lets_the_key_in()
    {
        var run = await CommandRun.Of("key", "new", "--name", "recorder", "--tenant", "north");
        Assert.Equal(0, run.ExitCode);
        var key = run.Output.TrimEnd('\n');
        var variables = VariableLine().Matches(run.Error).ToDictionary(line => line.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), line => (string?)line.Groups[2].Value);
        await using (var server = await GuardedServer.StartAsync(variables))
            Assert.Equal("key:north/recorder north remote", await ReadAsync(server, key));

        var json = JsonLine().Match(run.Error).Value;
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{{{json}}}"));
        var settings = new ConfigurationBuilder().AddJsonStream(file).Build().AsEnumerable().Where(pair => pair.Value is not null).ToDictionary();
        await using (var server = await GuardedServer.StartAsync(settings))
            Assert.Equal("key:north/recorder north remote", await ReadAsync(server, key));
    }

    [Fact]
    public async Task Standard_output_has_the_key_and_standard_error_has_not()
    {
        var run = await CommandRun.Of("key", "new");
        Assert.Matches("^parley_[A-Za-z0-9_-]{43}\n$", run.Output);
        Assert.DoesNotContain(run.Output.TrimEnd('\n'), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Tenant", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "")]
    [InlineData("--name", "a b")]
    [InlineData("--tenant", "nörd")]
    [InlineData("--tenant", "a\"b")]
    public async Task A_name_that_no_tenant_could_have_is_refused(string option, string value)
    {
        var run = await CommandRun.Of("key", "new", option, value);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(GuardedServer server, string key)
    {
        var answer = await server.GetAsync("/v1/me", ("Authorization", $"Bearer {key}"));
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("^  (Parley__\\w+)=(.*)$", RegexOptions.Multiline)]
    private static partial Regex VariableLine();

    [GeneratedRegex("^  \"Parley\": .*$", RegexOptions.Multiline)]
    private static partial Regex JsonLine();
}
