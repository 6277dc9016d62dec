using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>The addresses that the shop answers at.</summary>
internal static class Endpoints
{
    /// <summary>A drip spreads the answer over this many waits of the order.</summary>
    private const int DripSlowness = 10;

    private const string Json = "application/json", Bytes = "application/octet-stream", Plain = "text/plain; charset=utf-8";

    public static void Map(WebApplication app)
    {
        var counters = new OrderCounters();

        app.MapGet("/coffee/{order}", context => Serve(context, counters, defaultMilliseconds: 50, Json,
            order => JsonSerializer.SerializeToUtf8Bytes(Menu.Brew(order), ShopJson.Default.Cup)));

        app.MapGet("/beans/{order}", context => Serve(context, counters, defaultMilliseconds: 20, Bytes, Menu.TastingNotes));

        app.MapGet("/stats", context => Write(context, StatusCodes.Status200OK, Json,
            JsonSerializer.SerializeToUtf8Bytes(counters.Read(), ShopJson.Default.Stats)));

        app.MapDelete("/stats", context =>
        {
            counters.Reset();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private static async Task Serve(
        HttpContext context, OrderCounters counters, int defaultMilliseconds, string type, Func<OrderSettings, byte[]> prepare)
    {
        OrderSettings order;
        try
        {
            order = OrderSettings.Read(context.Request, defaultMilliseconds);
        }
        catch (BadHttpRequestException bad)
        {
            await Write(context, StatusCodes.Status400BadRequest, Plain, Encoding.UTF8.GetBytes(bad.Message + "\n"));
            return;
        }

        counters.Enter();
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
                // Counted before the last byte leaves, so that who has the answer also finds it in the statistics.
                counters.Leave(served);
                left = true;
            }
            await (fault switch
            {
                Faults.Unavailable => Write(context, StatusCodes.Status503ServiceUnavailable, Plain,
                    Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Order {order.Order}: the machine is out of beans, try again.\n"))),
                Faults.Reset => Reset(context, type, answer),
                Faults.Drip => Drip(context, type, answer, wait * DripSlowness),
                _ => Write(context, StatusCodes.Status200OK, type, answer),
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            served = false; // the customer has left
        }
        finally
        {
            if (!left) counters.Leave(served);
        }
    }

    // Every answer says how long it is: the client reads it to its place without a copy.
    private static Stream Begin(HttpContext context, int status, string type, byte[] answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = answer.Length;
        return context.Response.Body;
    }

    private static Task Write(HttpContext context, int status, string type, byte[] answer)
        => Begin(context, status, type, answer).WriteAsync(answer, 0, answer.Length, context.RequestAborted);

    private static async Task Reset(HttpContext context, string type, byte[] answer)
    {
        var body = Begin(context, StatusCodes.Status200OK, type, answer);
        // Half an answer first: a client may silently repeat a request of which it has seen nothing.
        await body.WriteAsync(answer.AsMemory(0, answer.Length / 2), context.RequestAborted);
        await body.FlushAsync(context.RequestAborted);
        // Closing without lingering is what makes the system send RST instead of a polite FIN.
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    private static async Task Drip(HttpContext context, string type, byte[] answer, int milliseconds)
    {
        const int MostDrops = 100, FinestDelay = 5; // timers are no finer than some milliseconds on some systems
        var body = Begin(context, StatusCodes.Status200OK, type, answer);
        var drops = Math.Clamp(milliseconds / FinestDelay, 1, Math.Min(MostDrops, answer.Length));
        foreach (var drop in answer.Chunk((answer.Length + drops - 1) / drops))
        {
            await body.WriteAsync(drop, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
            await Task.Delay(milliseconds / drops, context.RequestAborted);
        }
    }
}
