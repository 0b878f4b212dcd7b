using Parley.Semantics;

namespace Parley.Tests.Semantics;

public class IntentTableTests
{
    [Fact]
    public void Its_numbers_are_little_endian_on_every_machine()
    {
        var bytes = new byte[(2 * IntentTable.Columns * sizeof(float)) + (IntentTable.Rows * IntentTable.Columns)];
        // 1 is 0x3F800000, and 0.5 is 0x3F000000.
        (bytes[2], bytes[3]) = (0x80, 0x3F);
        bytes[(IntentTable.Columns * sizeof(float)) + 3] = 0x3F;

        var table = IntentTable.Read(new MemoryStream(bytes));

        Assert.Equal(1, table.LogOdds(IntentColumn.Question, 0));
        Assert.Equal(0.5, table.Threshold(IntentColumn.Question));
        using var written = new MemoryStream();
        table.Write(written);
        Assert.Equal(bytes, written.ToArray());
    }
}
