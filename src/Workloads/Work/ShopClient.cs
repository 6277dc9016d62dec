using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ConcurrencyLab;

/// <summary>
/// Orders by HTTP, at a shared shop or at one that another process runs. An order that breaks because the shop has died is
/// placed again at the one that is opened in its stead.
/// </summary>
internal sealed class ShopClient : IDisposable
{
    // One for all, with as many connections as there are orders at once. No HttpClient around it: what that adds is a time
    // limit, and how long to wait is the caller's business.
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        // Nothing between us and the shop: no proxy of the user's network, no cookies, no tracing headers.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
    });

    /// <summary>
    /// Where new connections end, below what the system allows this process: with no file left to open, the notebook's
    /// kernel and the runtime itself fail at the most unforeseen places.
    /// </summary>
    private static readonly int MostConnections = OpenFiles.Limit - Math.Min(OpenFiles.Limit / 4, 128);

    private readonly SharedShop? _shared;
    private readonly string? _elsewhere;
    private int _disposed;

    /// <summary>Orders at a shared shop, which is taken until this is disposed.</summary>
    public ShopClient(SharedShop shared)
    {
        shared.Take();
        _shared = shared;
    }

    /// <summary>Orders at a shop that another process runs.</summary>
    public ShopClient(string address) => _elsewhere = address;

    /// <summary>The number of the shop's process; null when another process runs it or it is not open.</summary>
    public int? ProcessId => _shared?.Current?.Child.Id;

    /// <summary>Where the shop answers; opens it again when it has died.</summary>
    public string Address => Shared is { } shared ? shared.OpenAsync().GetAwaiter().GetResult().Address : _elsewhere!;

    // Where it answered last: whether it still lives is asked when a connection breaks, and not for every order.
    private string? LastAddress => Shared is { } shared ? shared.Current?.Address : _elsewhere;

    // Null when another process runs the shop.
    private SharedShop? Shared
    {
        get
        {
            Disposal.ThrowIfClosed(Volatile.Read(ref _disposed) != 0, "The coffee shop");
            return _shared;
        }
    }

    /// <summary>The body of an answer; the calling thread is held until it is here.</summary>
    /// <param name="method">What to do.</param>
    /// <param name="path">With what.</param>
    /// <param name="order">The number of the order, where the path has a place for it.</param>
    /// <param name="exitTimeout">How long to wait for the end of a shop that broke a connection: it may be dying.</param>
    /// <exception cref="HttpRequestException">The shop refused, or the connection broke.</exception>
    public byte[] Send(HttpMethod method, ShopPath path, int order, TimeSpan exitTimeout)
    {
        for (var again = false; ; again = true)
        {
            var address = again ? Address : LastAddress ?? Address;
            try
            {
                using var request = new HttpRequestMessage(method, path.At(address, order));
                using var wait = Spans.Blocking();
                using var response = Http.Send(request, CancellationToken.None);
                var body = BodyOf(response);
                response.Content.ReadAsStream().ReadExactly(body);
                return Checked(response, body);
            }
            catch (Exception broken) when (IsBroken(broken))
            {
                if (again || IsForWantOfFiles(broken) || !(HasMovedFrom(address, out var shop) ?? shop!.Child.EndsWithin(exitTimeout))) throw InWords(broken);
            }
        }
    }

    /// <summary>What is read from the body of an answer; no thread is held until it is here.</summary>
    /// <param name="path">What to get.</param>
    /// <param name="order">The number of the order.</param>
    /// <param name="read">Reads the body.</param>
    /// <param name="exitTimeout">As above.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="HttpRequestException">The shop refused, or the connection broke.</exception>
    public async Task<T> GetAsync<T>(ShopPath path, int order, Func<byte[], T> read, TimeSpan exitTimeout, CancellationToken cancel)
    {
        for (var again = false; ; again = true)
        {
            var address = (again ? null : LastAddress) ?? (await Shared!.OpenAsync()).Address;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path.At(address, order));
                using var response = await SendAsync(request, cancel);
                var body = BodyOf(response);
                // The stream is there already; its bytes are what is waited for.
                await response.Content.ReadAsStream(cancel).ReadExactlyAsync(body, cancel);
                return read(Checked(response, body));
            }
            catch (Exception broken) when (IsBroken(broken))
            {
                if (again || IsForWantOfFiles(broken) || !(HasMovedFrom(address, out var shop) ?? await shop!.Child.EndsWithinAsync(exitTimeout))) throw InWords(broken);
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _shared?.Return();
    }

    /// <summary>The HTTP client's own work on its connections belongs to no item: without this, a timeline would show it as the item's.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Http.SendAsync(request, cancel);
        using (ExecutionContext.SuppressFlow()) return Http.SendAsync(request, cancel);
    }

    // Every answer of the shop says how long it is, so each goes to its place without a copy.
    private static byte[] BodyOf(HttpResponseMessage response) => new byte[response.Content.Headers.ContentLength ?? 0];

    private static byte[] Checked(HttpResponseMessage response, byte[] body)
    {
        if (response.IsSuccessStatusCode) return body;
        var said = Encoding.UTF8.GetString(body).Trim();
        throw new HttpRequestException(
            $"The coffee shop answered {(int)response.StatusCode} ({response.StatusCode}){(said.Length == 0 ? "" : ": " + said)}", null, response.StatusCode);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A new one has the smallest number that is free: where there is such a limit, it tells how many are in use.
            if (OpenFiles.Limit < int.MaxValue && socket.Handle >= MostConnections) throw new SocketException((int)SocketError.TooManyOpenSockets);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsBroken(Exception error) => error is HttpRequestException { StatusCode: null } or IOException;

    private static bool IsForWantOfFiles(Exception broken) => broken.GetBaseException() is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets };

    // Null: it is still the same process, and the question is whether that ends.
    private bool? HasMovedFrom(string address, out ShopProcess? shop)
    {
        shop = _shared?.Current;
        if (_shared is null || Volatile.Read(ref _disposed) != 0) return false;
        return shop is null || shop.Address != address ? true : null;
    }

    /// <summary>".NET could not copy content to a stream" tells a user nothing; what the system said is at the bottom of it.</summary>
    private static HttpRequestException InWords(Exception broken) =>
        new(broken switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException answer => answer.HttpRequestError,
            _ => HttpRequestError.Unknown,
        }, IsForWantOfFiles(broken)
            ? string.Create(CultureInfo.InvariantCulture,
                $"Too many orders at once: each holds a connection, and this process may have {OpenFiles.Limit:#,0} files and connections open at a time. Have fewer in flight (Throttled), or raise the limit (ulimit -n) and start again.")
            : $"The connection to the coffee shop broke or was never there: {broken.GetBaseException().Message}", broken);
}
