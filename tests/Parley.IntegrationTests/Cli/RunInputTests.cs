using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary>What <c>parley run</c> says of an input that is no conversation.</summary>
public sealed class RunInputTests
{
    private const string Chunk = """{"start":0,"end":1,"text":"good morning","speaker_id":"ana"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n\r\n")]
    public async Task An_empty_input_is_said_to_be_empty(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("input.jsonl"), text);
        var run = await CommandRun.Of("run", folder.At("input.jsonl"), "--out", folder.At("out"));
        Assert.Equal((2, $"parley: {folder.At("input.jsonl")} is empty: there is no conversation to follow.\n"), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(folder.At("out")));
    }

    [Fact]
    public async Task An_input_that_is_compressed_or_in_another_encoding_gets_one_message_that_helps()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(Chunk));
        await SaysAsync("the input is compressed with gzip: gunzip -c FILE | parley …", compressed.ToArray());
        await SaysAsync("iconv -f UTF-16 -t UTF-8 FILE | parley …", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Chunk)]);
        await SaysAsync("iconv -f UTF-16 -t UTF-8 FILE | parley …", Encoding.BigEndianUnicode.GetBytes(Chunk));
        await SaysAsync("have a recogniser make text of it first", "RIFF\x24\0\0\0WAVEfmt "u8.ToArray());
        await SaysAsync("jq -c '.[]' FILE | parley …", [.. "["u8, .. new byte[17 * 1024 * 1024].Select(_ => (byte)' '), .. "]"u8]);
    }

    [Fact]
    public async Task A_file_in_another_format_is_not_refused_line_by_line()
    {
        using var folder = new TemporaryFolder();
        var lines = string.Concat(Enumerable.Repeat("""{"type":"Results"}""" + "\n", 5_000));
        var run = await CommandRun.WithInput(lines, "run", "-", "--out", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.InRange(run.Error.Split('\n').Length, 1, 40);
        Assert.Contains("none of the 5000 lines is a chunk", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_standard_input_is_an_empty_one()
    {
        using var folder = new TemporaryFolder();
        var command = $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll")}' run - --out '{folder.Path}' <&-";
        using var run = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true })!;
        Assert.Equal("parley: the standard input is empty: there is no conversation to follow.\n", await run.StandardError.ReadToEndAsync(Cancel));
        await run.WaitForExitAsync(Cancel);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("cat '{0}' | {1}")]
    [InlineData("{1} < '{0}'")]
    [InlineData("cat '{0}' | (exec 5<&0; {1})")]
    public async Task A_standard_input_is_read_from_a_pipe_and_from_a_file(string shell)
    {
        using var folder = new TemporaryFolder();
        var input = folder.At("input.jsonl");
        File.WriteAllText(input, Chunk);
        var parley = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll")}' segment -";
        var command = string.Format(CultureInfo.InvariantCulture, shell, input, parley);
        using var run = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        Assert.Contains("good morning", await run.StandardOutput.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        await run.WaitForExitAsync(Cancel);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_models_address_has_no_password()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput(
            Chunk, "run", "-", "--out", folder.Path, "--llm", "http://ana:ferry@127.0.0.1:9/v1", "--model", "any");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--llm must have no user and password", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ferry", run.Error, StringComparison.Ordinal);
    }

    private static async Task SaysAsync(string message, byte[] input)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput(input, "run", "-", "--out", folder.At("out"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("out")));
    }
}
