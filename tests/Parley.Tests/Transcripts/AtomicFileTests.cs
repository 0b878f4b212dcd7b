using System.Text;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("parley-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_directory, "transcript.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_document_is_written_and_read_back()
    {
        var document = new Transcript("a.wav", "en", new TranscriptSegment(0, 0, 1.5, "é", "ana"));
        await TranscriptJson.WriteFileAsync(document, Target, Token);
        Assert.Equal(TranscriptJson.ToText(document), TranscriptJson.ToText(await TranscriptJson.ReadFileAsync(Target, Token)));
        Assert.Equal([Target], Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_also_behind_a_link()
    {
        var link = Path.Combine(_directory, "link.json");
        await File.WriteAllTextAsync(Target, "something much longer than what comes", Token);
        File.CreateSymbolicLink(link, Target);
        await AtomicFile.WriteAsync(link, Text("new"), Token);
        Assert.Equal("new", await File.ReadAllTextAsync(Target, Token));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_fails_half_way_leaves_things_as_they_were(bool existed)
    {
        if (existed) await File.WriteAllTextAsync(Target, "old", Token);
        await Assert.ThrowsAsync<IOException>(() => AtomicFile.WriteAsync(Target, async (stream, token) =>
        {
            await Text("half of")(stream, token);
            await stream.FlushAsync(token);
            throw new IOException("disk full");
        }, Token));
        Assert.Equal(existed ? ["old"] : [], Directory.GetFiles(_directory).Select(File.ReadAllText));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_things_as_they_were()
    {
        using var cancel = new CancellationTokenSource();
        await File.WriteAllTextAsync(Target, "old", Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(Target, async (stream, token) =>
        {
            await Text("new")(stream, token);
            await cancel.CancelAsync();
        }, cancel.Token));
        Assert.Equal(["old"], Directory.GetFiles(_directory).Select(File.ReadAllText));
    }

    [Fact]
    public async Task The_old_content_is_there_until_the_new_one_is_complete()
    {
        await File.WriteAllTextAsync(Target, "old", Token);
        await AtomicFile.WriteAsync(Target, async (stream, token) =>
        {
            await Text("new")(stream, token);
            Assert.Equal("old", await File.ReadAllTextAsync(Target, token));
        }, Token);
        Assert.Equal("new", await File.ReadAllTextAsync(Target, Token));
    }

    [Fact]
    public async Task A_device_is_written_to_and_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no /dev/null here.");
        await AtomicFile.WriteAsync("/dev/null", Text("gone"), Token);
        Assert.Equal("", await File.ReadAllTextAsync("/dev/null", Token));
    }

    [Fact]
    public async Task A_file_in_shared_memory_is_a_file_and_not_a_device()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no /dev/shm here.");
        var path = $"/dev/shm/{Path.GetRandomFileName()}";
        try
        {
            await AtomicFile.WriteAsync(path, Text("something longer"), Token);
            await AtomicFile.WriteAsync(path, Text("short"), Token);
            Assert.Equal("short", await File.ReadAllTextAsync(path, Token));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var pipe = Path.Combine(_directory, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(Token);

        var read = Task.Run(() => File.ReadAllText(pipe), Token);
        await AtomicFile.WriteAsync(pipe, Text("through"), Token);

        Assert.Equal("through", await read);
        Assert.Equal([pipe], Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task A_file_that_is_replaced_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        if (OperatingSystem.IsWindows()) return;
        await File.WriteAllTextAsync(Target, "old", Token);
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await AtomicFile.WriteAsync(Target, Text("new"), Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [Fact]
    public async Task A_missing_directory_is_an_error_and_leaves_nothing() =>
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => AtomicFile.WriteAsync(Path.Combine(_directory, "none", "x"), Text("x"), Token));

    private static Func<Stream, CancellationToken, Task> Text(string text) => async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token);
}
