using System.Net;

namespace ConcurrencyLab;

/// <summary>The HTTP side of the coffee shop: one handler for everybody, with as many connections as there are orders at once.</summary>
internal static class ShopClient
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        // Nothing between us and the shop: no proxy of the reader's network, no cookies, no tracing headers.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // how long to wait is the caller's business, and the lesson of a chapter
    };

    /// <summary>The body of the answer; the calling thread is held until it is here.</summary>
    public static byte[] Get(string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var wait = Spans.Blocking();
        try
        {
            using var response = Http.Send(request, cancellationToken);
            using var content = response.Content.ReadAsStream(cancellationToken); // in memory by now
            var body = new byte[content.Length];
            content.ReadExactly(body);
            Check(response.StatusCode, body);
            return body;
        }
        catch (HttpRequestException broken) when (broken.StatusCode is null)
        {
            throw InWords(broken);
        }
    }

    /// <summary>The body of the answer; no thread is held until it is here.</summary>
    public static async Task<byte[]> GetAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(address, cancellationToken);
            var body = response.Content.Headers.ContentLength is { } length ? new byte[length] : null;
            if (body is null) body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            else await (await response.Content.ReadAsStreamAsync(cancellationToken)).ReadExactlyAsync(body, cancellationToken);
            Check(response.StatusCode, body);
            return body;
        }
        catch (Exception broken) when (broken is HttpRequestException { StatusCode: null } or IOException)
        {
            throw InWords(broken);
        }
    }

    /// <summary>
    /// The HTTP client's own work on its connections is nobody's item: without this, a timeline would show it as the item's.
    /// Answers are not gathered before they are read: each goes to its place without a copy.
    /// </summary>
    private static Task<HttpResponseMessage> SendAsync(string address, CancellationToken cancellationToken)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using (ExecutionContext.SuppressFlow())
        {
            return Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }

    public static void Delete(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, address);
        using var response = Http.Send(request);
        Check(response.StatusCode, []);
    }

    /// <summary>".NET could not copy content to a stream" tells a reader nothing; what the system said is at the bottom of it.</summary>
    private static HttpRequestException InWords(Exception broken) =>
        new(broken switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException answer => answer.HttpRequestError,
            _ => HttpRequestError.Unknown,
        }, $"The connection to the coffee shop broke or was never there: {broken.GetBaseException().Message}", broken);

    private static void Check(HttpStatusCode status, byte[] body)
    {
        if ((int)status is >= 200 and < 300) return;
        var said = System.Text.Encoding.UTF8.GetString(body).Trim();
        throw new HttpRequestException($"The coffee shop answered {(int)status} ({status}){(said.Length == 0 ? "" : ": " + said)}", null, status);
    }
}
