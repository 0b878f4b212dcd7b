var builder = WebApplication.CreateBuilder(args);
builder.Services.AddParley(builder.Configuration.GetSection("Parley"));

var app = builder.Build();
app.MapParley();
app.Run();
