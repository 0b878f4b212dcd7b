using Microsoft.Extensions.AI;
using Parley.OpenAI;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
if (builder.Configuration["Model:Url"] is { } url)
    builder.Services.AddSingleton<IChatClient>(new OpenAIChatClient(new Uri(url), builder.Configuration["Model:Name"]!, builder.Configuration["Model:Key"]));

var app = builder.Build();
app.MapParley();
app.Run();
