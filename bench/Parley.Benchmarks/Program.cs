using BenchmarkDotNet.Running;
using Parley.Benchmarks;

if (args is ["overload", var path]) await Overload.RunAsync(path);
else BenchmarkSwitcher.FromAssembly(typeof(IngestBenchmarks).Assembly).Run(args);
