using Parley.Context;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.Tests.Work;

public class PromptFolderTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("readme.txt")]
    [InlineData("README")]
    [InlineData(".gitignore")]
    public void What_a_folder_has_for_people_and_programs_is_no_prompt(string name)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("sets/sales"));
        File.WriteAllText(folder.At(name), "About these prompts");
        File.WriteAllText(folder.At($"sets/sales/{name}"), "About the prompts of sales");
        File.WriteAllText(folder.At("sets/sales/answer.txt"), "Sell.\n\n{{question}}");
        Assert.True(PromptFolder.Read(folder.Path).HasSet("sales"));
    }

    [Fact]
    public void Every_other_file_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("answer.md"), "{{question}}");
        Assert.Equal("answer.md: is no .txt file.", Assert.Throws<PromptFormatException>(() => PromptFolder.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        Action[] readings = [() => PromptFolder.Read("/no/such"), () => PromptFolder.ReadLanguages("/no/such")];
        foreach (var reading in readings)
            Assert.Equal("There is no folder /no/such.", Assert.Throws<DirectoryNotFoundException>(reading).Message);
    }
}
