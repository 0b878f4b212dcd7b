using Parley.Routing;
using Parley.Samples.CustomServer;
using Parley.Semantics;

var lexicon = Lexicon.Parse("""
    {
      "risks": { "outage": ["offline", { "keyword": "down", "phrases": ["is down", "went down"] }] },
      "actions": [{ "pattern": "i will", "phrases": ["i will", "i'll"] }]
    }
    """);

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddParley(builder.Configuration.GetSection("Parley"))
    .AddAsrFormat(new CaptionerFormat())
    .UseLexicon(lexicon)
    .UseWorkflowHandler<TicketHandler>(Workflow.ActionItem)
    .ConfigureWork(work => work with { ActionItem = work.ActionItem with { BatchSize = 1 } })
    .AddParleyKestrelLimits();

var app = builder.Build();
app.MapParley();
app.Run();
