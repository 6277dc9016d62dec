using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>The counter where orders are taken: the addresses the shop answers at.</summary>
internal static class Counter
{
    /// <summary>A drip spreads the answer over this many waits of the order.</summary>
    private const int DripSlowness = 10;

    public static void Map(WebApplication app)
    {
        var tally = new Tally();
        var doorway = new Doorway();

        app.MapGet("/coffee/{order}", context => Serve(context, tally, defaultMilliseconds: 50, "application/json",
            order => JsonSerializer.SerializeToUtf8Bytes(Menu.Brew(order), ShopJson.Default.Cup)));

        app.MapGet("/beans/{order}", context => Serve(context, tally, defaultMilliseconds: 20, "application/octet-stream",
            order => Menu.TastingNotes(order.Seed, order.Order, order.Kilobytes * 1024)));

        app.MapGet("/party/{name}/{size:int}", context => doorway.Enter(
                (string)context.Request.RouteValues["name"]!,
                int.Parse((string)context.Request.RouteValues["size"]!, CultureInfo.InvariantCulture))
            .WaitAsync(context.RequestAborted));

        app.MapGet("/stats", context => Write(context.Response, "application/json",
            JsonSerializer.SerializeToUtf8Bytes(tally.Read(), ShopJson.Default.Stats), context.RequestAborted));

        app.MapDelete("/stats", context =>
        {
            tally.Reset();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private static async Task Serve(
        HttpContext context, Tally tally, int defaultMilliseconds, string type, Func<OrderSettings, byte[]> prepare)
    {
        OrderSettings order;
        try
        {
            order = OrderSettings.Read(context.Request, defaultMilliseconds);
        }
        catch (BadHttpRequestException bad)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(bad.Message + "\n");
            return;
        }

        tally.Enter();
        var served = false;
        var left = false;
        try
        {
            var wait = Menu.Wait(order);
            await Task.Delay(wait, context.RequestAborted);
            var answer = prepare(order);
            var fault = order.Fault();
            served = fault is Faults.None or Faults.Drip;
            if (fault is Faults.None)
            {
                // Counted before the last byte leaves, so that whoever has the answer also finds it in the statistics.
                tally.Leave(served);
                left = true;
            }
            await (fault switch
            {
                Faults.Unavailable => Refuse(context.Response, order),
                Faults.Reset => Reset(context, type, answer),
                Faults.Drip => Drip(context.Response, type, answer, wait * DripSlowness, context.RequestAborted),
                _ => Write(context.Response, type, answer, context.RequestAborted),
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            served = false; // the customer has left
        }
        finally
        {
            if (!left) tally.Leave(served);
        }
    }

    private static async Task Write(HttpResponse response, string type, byte[] answer, CancellationToken cancellationToken)
    {
        response.ContentType = type;
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer, cancellationToken);
    }

    private static Task Refuse(HttpResponse response, OrderSettings order)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain";
        return response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Order {order.Order}: the machine is out of beans, try again.\n"));
    }

    private static async Task Reset(HttpContext context, string type, byte[] answer)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = answer.Length;
        // Half an answer first: a client may silently repeat a request of which it has seen nothing.
        await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        // Closing without lingering is what makes the system send RST instead of a polite FIN.
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    private static async Task Drip(HttpResponse response, string type, byte[] answer, int milliseconds, CancellationToken cancellationToken)
    {
        const int MostDrops = 100, FinestDelay = 5; // timers are no finer than some milliseconds on some systems
        response.ContentType = type;
        response.ContentLength = answer.Length;
        var drops = Math.Clamp(milliseconds / FinestDelay, 1, Math.Min(MostDrops, answer.Length));
        var drop = (answer.Length + drops - 1) / drops;
        for (var from = 0; from < answer.Length; from += drop)
        {
            await response.Body.WriteAsync(answer.AsMemory(from, Math.Min(drop, answer.Length - from)), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(milliseconds / drops, cancellationToken);
        }
    }
}
