using Parley.Cli;

return await ParleyCommand.RunAsync(args, Terminal.OfThisProcess());
