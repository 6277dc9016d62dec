using System.Net;
using System.Text.Json;
using ConcurrencyLab.CoffeeShop;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// Signals first: the front end's interrupt may come while the server is still starting.
using var lifetime = new ParentBoundLifetime();

// The empty builder reads no settings file and no environment variable: the machine cannot change what the shop does.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddRoutingCore();
builder.Services.AddSingleton<IHostLifetime>(lifetime);
builder.WebHost.UseKestrelCore();
builder.WebHost.UseSockets(sockets => sockets.Backlog = 65_535); // the system lowers it to its own limit
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxConcurrentConnections = null;
    // Longer than the client keeps an idle connection, so that it is always the client who lets go.
    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
    kestrel.Limits.MinResponseDataRate = null;
    kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
});

var app = builder.Build();
Endpoints.Map(app);
await app.StartAsync();

var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
Console.WriteLine(JsonSerializer.Serialize(new Ready(address, Environment.ProcessId), ShopJson.Default.Ready));

await lifetime.Ended;
// Orders still brewing are thrown away: who ordered them is gone or wants us gone, so nothing is worth waiting for.
Environment.Exit(0);
