using System.Text;
using Parley.Asr;
using Parley.Tests.Asr.Simulation;

namespace Parley.Tests.Asr;

/// <summary>The files in samples/asr are the simulator's: write them anew by running these tests with PARLEY_WRITE_SAMPLES=1.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Formats => new(AsrFormats.Default.All.Select(format => format.Name));

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_sample_file_is_what_the_simulator_says(string format)
    {
        var path = Path.Combine(Samples(), format + ".jsonl");
        var expected = string.Concat(Dialect.All.First(dialect => dialect.Format == format).Speak(Conversation.Shared).Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("PARLEY_WRITE_SAMPLES") == "1") File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_sample_message_is_its_own_and_says_what_all_say(string name)
    {
        var format = AsrFormats.Default.Get(name);

        Assert.Equal(name, AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(format.SampleMessage))?.Format.Name);
        Assert.Equal("please cancel my plan", Heard.Bare(Heard.Of(name, format.SampleMessage).Texts[0]));
        Assert.NotEmpty(format.Description);
    }

    [Fact]
    public void There_is_a_sample_for_every_format_and_no_other() =>
        Assert.Equal(AsrFormats.Default.All.Select(format => format.Name).Order(), Directory.GetFiles(Samples(), "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    private static string Samples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("No Parley.slnx above the tests.");
        return Path.Combine(folder.FullName, "samples", "asr");
    }
}
