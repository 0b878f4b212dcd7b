using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

public class ServeCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_the_page_is_and_what_is_kept_and_stops_in_order()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var output = new Pipe();
        var running = CommandRun.Between(Stream.Null, output.Writer.AsStream(), stop.Token, "serve", "--urls", "http://127.0.0.1:0", "--data", folder.Path);
        using var said = new StreamReader(output.Reader.AsStream());
        Assert.Equal("Parley is listening.", await said.ReadLineAsync(Cancel));
        var page = (await said.ReadLineAsync(Cancel))!.Split("page")[1].Trim();
        using var http = new HttpClient { BaseAddress = new Uri(page) };
        using (var answer = await http.PostAsync("/v1/streams", null, Cancel)) Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("<html", await http.GetStringAsync("/", Cancel), StringComparison.Ordinal);

        await stop.CancelAsync();
        var run = await running;
        await output.Writer.CompleteAsync();
        var rest = await said.ReadToEndAsync(Cancel);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(folder.Path, rest, StringComparison.Ordinal);
        Assert.Contains("Stopped. Everything that was accepted is in", rest, StringComparison.Ordinal);
        Assert.Contains("open", (await CommandRun.Of("streams", "--data", folder.Path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var run = await CommandRun.Of("serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("address already in use. Another server may be running there: stop it, or choose another port with --urls", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_has_one_server()
    {
        using var folder = new TemporaryFolder();
        await using (await Server.ParleyServer.StartAsync(folder.Path))
        {
            var second = await CommandRun.Of("serve", "--urls", "http://127.0.0.1:0", "--data", folder.Path);
            Assert.Equal((2, ""), (second.ExitCode, second.Output));
            Assert.Contains($"Another server has {folder.Path}: stop it", second.Error, StringComparison.Ordinal);
            Assert.Equal(0, (await CommandRun.Of("streams", "--data", folder.Path)).ExitCode);
        }

        await using var next = await Server.ParleyServer.StartAsync(folder.Path);
    }

    [Fact]
    public async Task Settings_that_are_wrong_in_several_sections_are_all_named()
    {
        var command = Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [command, "serve", "--urls", "http://127.0.0.1:0"]) { RedirectStandardError = true };
        start.Environment["Parley__Model__CallsPerStream"] = "-1";
        start.Environment["Parley__Work__Capacity"] = "0";
        using var server = Process.Start(start)!;
        var error = await server.StandardError.ReadToEndAsync(Cancel);
        await server.WaitForExitAsync(Cancel);
        Assert.Equal(2, server.ExitCode);
        Assert.Contains("Parley:Model:CallsPerStream must be from 0 to 1000000000; it is -1.", error, StringComparison.Ordinal);
        Assert.Contains("Parley:Work:Capacity must be from 1 to 1000000; it is 0.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_can_be_one_object_a_line()
    {
        var command = Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll");
        using var server = Process.Start(new ProcessStartInfo("dotnet", [command, "serve", "--urls", "http://127.0.0.1:0", "--json-logs"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var line = JsonNode.Parse((await server.StandardError.ReadLineAsync(Cancel))!)!;
            Assert.Equal("Conversations are kept in memory, and end with this process", line["Message"]?.GetValue<string>());
            Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(line["Timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture).Offset);
            Assert.Equal("Parley is listening.", await server.StandardOutput.ReadLineAsync(Cancel));
        }
        finally
        {
            server.Kill();
        }
    }

    [Theory]
    [InlineData("--urls", "ftp://ferry")]
    [InlineData("--urls", "not an address")]
    [InlineData("--data", "/dev/null/folder")]
    [InlineData("--durability", "paper")]
    public async Task What_cannot_be_is_wrong_usage(params string[] args)
    {
        var run = await CommandRun.Of(["serve", "--urls", "http://127.0.0.1:0", .. args]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("parley: ", run.Error.Split('\n').Last(line => line.StartsWith("parley", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
