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
    _ => _ => Console.Error.WriteLine("usage: dotnet run --project samples/Patterns -- annotate|route|context"),
};
pattern(chunks);
return args is ["annotate"] or ["route"] or ["context"] ? 0 : 2;
