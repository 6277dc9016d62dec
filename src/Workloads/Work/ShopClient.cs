using System.Net;

namespace ConcurrencyLab;

/// <summary>The HTTP side of the coffee shop: one handler for everybody, with as many connections as there are orders at once.</summary>
internal static class ShopClient
{
    // The handler without HttpClient around it, whose copy of each answer and whose timer cost a fifth of 10,000 orders' time;
    // how long to wait is the caller's business, and the lesson of a chapter.
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        // Nothing between us and the shop: no proxy of the reader's network, no cookies, no tracing headers.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>The body of the answer; the calling thread is held until it is here.</summary>
    public static byte[] Get(string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var wait = Spans.Blocking();
        try
        {
            using var response = Http.Send(request, cancellationToken);
            using var content = response.Content.ReadAsStream(cancellationToken);
            byte[] body;
            if (response.Content.Headers.ContentLength is { } length)
            {
                body = new byte[length];
                content.ReadExactly(body);
            }
            else
            {
                using var whole = new MemoryStream();
                content.CopyTo(whole);
                body = whole.ToArray();
            }

            Check(response.StatusCode, body);
            return body;
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw InWords(broken);
        }
    }

    /// <summary>The body of the answer; no thread is held until it is here.</summary>
    public static async Task<byte[]> GetAsync(string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var response = await SendAsync(request, cancellationToken);
            byte[] body;
            if (response.Content.Headers.ContentLength is { } length)
            {
                body = new byte[length];
                await (await response.Content.ReadAsStreamAsync(cancellationToken)).ReadExactlyAsync(body, cancellationToken);
            }
            else
            {
                body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }

            Check(response.StatusCode, body);
            return body;
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw InWords(broken);
        }
    }

    /// <summary>
    /// The HTTP client's own work on its connections is nobody's item: without this, a timeline would show it as the item's.
    /// </summary>
    private static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Http.SendAsync(request, cancellationToken);
        using (ExecutionContext.SuppressFlow())
        {
            return Http.SendAsync(request, cancellationToken);
        }
    }

    public static void Delete(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, address);
        using var response = Http.Send(request, CancellationToken.None);
        Check(response.StatusCode, []);
    }

    /// <summary>Whether the connection is what failed; what the shop itself said of an order has a status.</summary>
    private static bool IsBroken(Exception exception) => exception is HttpRequestException { StatusCode: null } or IOException;

    /// <summary>".NET could not read from the transport" tells a reader nothing; what the system said is at the bottom of it.</summary>
    private static HttpRequestException InWords(Exception broken) =>
        new((broken as HttpRequestException)?.HttpRequestError ?? (broken as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown,
            $"The connection to the coffee shop broke or was never there: {broken.GetBaseException().Message}", broken);

    private static void Check(HttpStatusCode status, byte[] body)
    {
        if ((int)status is >= 200 and < 300) return;
        var said = System.Text.Encoding.UTF8.GetString(body).Trim();
        throw new HttpRequestException($"The coffee shop answered {(int)status} ({status}){(said.Length == 0 ? "" : ": " + said)}", null, status);
    }
}
