using System.Globalization;
using System.Text;
using Parley.Asr;

namespace Parley.Tests.Asr;

/// <summary>Alone, because what other tests allocate meanwhile would count.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public void A_million_messages_take_constant_memory()
    {
        var assembler = new HypothesisAssembler(AsrFormats.Default.Get("deepgram"));
        var committed = 0;
        long early = 0;
        var buffer = new byte[1024];
        for (var i = 0; i < 1_000_000; i++)
        {
            if (i == 100_000) early = GC.GetTotalMemory(forceFullCollection: true);
            var isFinal = i % 10 == 9;
            var at = i / 10;
            var start = at.ToString(CultureInfo.InvariantCulture);
            var length = Encoding.UTF8.GetBytes(
                $$$"""{"type":"Results","start":{{{start}}},"duration":0.5,"is_final":{{{(isFinal ? "true" : "false")}}},"channel":{"alternatives":[{"transcript":"w{{{i}}}","words":[{"word":"w{{{i}}}","start":{{{start}}}.1,"end":{{{start}}}.4,"speaker":{{{at % 3}}}}]}]}}""", buffer);
            foreach (var output in assembler.Ingest(buffer.AsMemory(0, length)))
            {
                if (output.Kind == AsrOutputKind.Committed) committed++;
            }
        }

        Assert.Equal(100_000, committed);
        Assert.Equal(100_000 - 512, assembler.KeysForgotten);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - early, long.MinValue, 512 * 1024);
        GC.KeepAlive(assembler);
    }
}
