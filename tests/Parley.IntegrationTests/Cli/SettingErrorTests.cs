using System.Diagnostics;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary>A setting that is wrong is named, with what is allowed and where it was set.</summary>
public sealed class SettingErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RetentionDays", "forever", "Parley:RetentionDays must be a number from 0.001 to 36500; it is forever. It was set in the environment, as Parley__RetentionDays.")]
    [InlineData("RetentionDays", "0", "Parley:RetentionDays must be from 0.001 to 36500; it is 0. It was set in the environment, as Parley__RetentionDays.")]
    [InlineData("Durability", "Fast", "Parley:Durability must be Disk or Process; it is Fast. It was set in the environment, as Parley__Durability.")]
    [InlineData("Redact", "maybe", "Parley:Redact must be true or false; it is maybe. It was set in the environment, as Parley__Redact.")]
    [InlineData("Work:Question:Workers", "x", "Parley:Work:Question:Workers must be a whole number from 1 to 256; it is x. It was set in the environment, as Parley__Work__Question__Workers.")]
    [InlineData("Defaults:Overlap", "Both", "Parley:Defaults:Overlap must be Reject or Lanes; it is Both. It was set in the environment, as Parley__Defaults__Overlap.")]
    [InlineData("Jwt:ClockSkewSec", "x", "Parley:Jwt:ClockSkewSec must be a number; it is x. It was set in the environment, as Parley__Jwt__ClockSkewSec.")]
    [InlineData("RedactionPatterns:0:MaxLength", "x", "Parley:RedactionPatterns:0:MaxLength must be a whole number; it is x. It was set in the environment, as Parley__RedactionPatterns__0__MaxLength.")]
    [InlineData("Data", "/proc/nope", "Parley:Data must be a folder that this user can make and write to; it is /proc/nope.")]
    [InlineData("Datta", "x", "Parley:Datta is not a setting; is Parley:Data meant? It was set in the environment, as Parley__Datta.")]
    public async Task In_the_environment(string key, string value, string message)
    {
        var (exitCode, error) = await ServeProcess.FailAsync(settings: (key, value));
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Prompts", "answer.de.txt", "Antworte:\n\n{{questoin}}",
        "Parley:Prompts: answer.de.txt, line 3: {{questoin}} is no placeholder of answer; is {{question}} meant? "
        + "Allowed are {{question}}, {{context}}, {{language}}. It was set in the environment, as Parley__Prompts.")]
    [InlineData("Prompts", "anser.txt", "x", "Parley:Prompts: anser.txt: \"anser\" is no prompt; is answer meant?")]
    [InlineData("Languages", "sv.json", "{", "Parley:Languages: sv.json: $: is not JSON (line 1, byte 1)")]
    public async Task In_a_file_that_a_setting_names(string setting, string name, string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At(name), content);
        var (exitCode, error) = await ServeProcess.FailAsync(settings: (setting, folder.Path));
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"Parley\": {\n    \"RetentionDays\": 3,,\n  }\n}", "appsettings.json': it is not JSON at line 3, column 24.")]
    [InlineData("{ \"Parley\": { \"RetentionDays\": -1 } }", "Parley:RetentionDays must be from 0.001 to 36500; it is -1. It was set in appsettings.json.")]
    public async Task In_a_file(string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("appsettings.json"), content);
        var program = Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll");
        using var server = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        var error = await server.StandardError.ReadToEndAsync(Cancel);
        await server.WaitForExitAsync(Cancel);
        Assert.Equal(2, server.ExitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
