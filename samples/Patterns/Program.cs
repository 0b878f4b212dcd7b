using System.Text;
using Parley.Samples.Patterns;
using Parley.Streaming;

StreamChunk[] chunks =
[
    new(0.0, 1.6, "so what does the night", "ana"),
    new(1.6, 2.4, "ferry cost now", "ana"),
    new(2.9, 5.0, "the price is forty euros a cabin", "ben"),
    new(5.3, 7.2, "ok let's go with the ferry then", "ana"),
    new(7.6, 9.4, "i'll book two cabins tomorrow", "ben"),
];

Action<IEnumerable<StreamChunk>> pattern = args switch
{
    ["annotate"] => Annotate.Run,
    ["route"] => Route.Run,
    ["context"] => BuildContext.Run,
    ["understand"] => Understand.Run,
    ["recognise", var messages] => _ => Recognise.Run(File.ReadLines(messages).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))),
    _ => _ => Console.Error.WriteLine("usage: dotnet run --project samples/Patterns -- annotate|route|context|understand|recognise FILE"),
};
pattern(chunks);
return args is ["annotate"] or ["route"] or ["context"] or ["understand"] or ["recognise", _] ? 0 : 2;
