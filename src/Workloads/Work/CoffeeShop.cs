using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// Work that waits on the network: orders at an HTTP server that runs in a process of its own on 127.0.0.1 and takes a
/// seeded time for each. The same seed and order always take the same wait and get the same answer. The idea of a local,
/// slow and faulty server in place of the live web is from <i>Fluent Python</i>, 2nd ed., chapter 20.
/// <code>
/// using var shop = CoffeeShop.Open();
/// foreach (var order in shop.Orders(20)) shop.Order(order);          // one after the other
/// await Task.WhenAll(shop.Orders(20).Select(shop.OrderAsync));       // all at once
/// </code>
/// One server serves the whole process; it ends with the last <see cref="Dispose"/> and with this process, however that ends.
/// A server that has died is started again by the next order.
/// </summary>
public sealed class CoffeeShop : IDisposable
{
    private readonly ShopClient _client;
    private readonly ShopSettings _settings;
    private readonly ShopPath _coffee, _beans;
    // Made once: an order is short, and there may be ten thousand.
    private readonly Func<int, Task<Cup>> _orderAsync;

    private CoffeeShop(ShopClient client, ShopSettings settings)
    {
        (_client, _settings) = (client, settings);
        (_coffee, _beans) = (new ShopPath("/coffee/{order}" + settings.CoffeeQuery()), new ShopPath("/beans/{order}" + settings.BeansQuery()));
        _orderAsync = order => _client.GetAsync(_coffee, order, Cup.Read, ExitTimeout, CancellationToken.None);
    }

    /// <summary>Opens the shop, or joins the one this process has open. It takes orders when this returns.</summary>
    /// <param name="ms">Mean wait of an order in milliseconds, 0 to 3,600,000.</param>
    /// <param name="jitter">How far waits spread around the mean, as a share of it, 0 to 1; 0.2 makes 50 ms 40 to 60 ms.</param>
    /// <param name="seed">Chooses waits and answers.</param>
    /// <exception cref="FileNotFoundException">The shop's program or the dotnet command is missing.</exception>
    /// <exception cref="InvalidOperationException">The shop did not start; the message says what it said.</exception>
    public static CoffeeShop Open(int ms = 50, double jitter = 0.2, int seed = 1)
        => Open(SharedShop.OfThisProcess, new ShopSettings(ms, jitter, seed).Checked());

    internal static CoffeeShop Open(SharedShop shared, ShopSettings settings) => new CoffeeShop(new ShopClient(shared), settings).OrDispose(shop =>
    {
        // The first order compiles both sides, which no measurement should pay for.
        shop.With(ms: 0).Order(0);
        return shop;
    });

    /// <summary>A shop that another process runs, such as the parent of a worker process; never started or closed from here.</summary>
    /// <param name="address">Its <see cref="Address"/>, such as <c>http://127.0.0.1:46431</c>.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public static CoffeeShop At(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"'{address}' is no address of a coffee shop: write one such as http://127.0.0.1:46431.", nameof(address));
        return new CoffeeShop(new ShopClient(uri.GetLeftPart(UriPartial.Authority)), new ShopSettings());
    }

    /// <summary>Where the shop answers. It changes when the shop has to be started again.</summary>
    public string Address => _client.Address;

    /// <summary>
    /// Where another program orders the very same cups, such as a Python script: <c>{order}</c> stands for the order's number.
    /// </summary>
    public string CoffeeUrl => Address + _coffee;

    /// <summary>Where another program downloads the very same <see cref="Beans"/>: <c>{order}</c> stands for the order's number.</summary>
    public string BeansUrl => Address + _beans;

    /// <summary>The number of the server's process, or null when it runs elsewhere.</summary>
    public int? ProcessId => _client.ProcessId;

    /// <summary>The same shop served differently; what is not named stays. The view needs no disposal of its own.</summary>
    /// <param name="ms">Mean wait of an order in milliseconds, 0 to 3,600,000.</param>
    /// <param name="jitter">How far waits spread around the mean, as a share of it, 0 to 1.</param>
    /// <param name="seed">Chooses waits, answers and errors.</param>
    /// <param name="errors">The share of orders that go wrong, 0 to 1; which ones is chosen by the seed.</param>
    /// <param name="faults">How they may go wrong.</param>
    /// <param name="kilobytes">Size of a download of <see cref="Beans"/> in units of 1024 bytes, 1 to 65,536.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense; the message says what it may be.</exception>
    public CoffeeShop With(int? ms = null, double? jitter = null, int? seed = null, double? errors = null, ShopFaults? faults = null, int? kilobytes = null)
        => new(_client, new ShopSettings(
            ms ?? _settings.Milliseconds, jitter ?? _settings.Jitter, seed ?? _settings.Seed, errors ?? _settings.Errors,
            faults ?? _settings.Faults, kilobytes ?? _settings.Kilobytes).Checked());

    /// <summary>The orders 1 to <paramref name="count"/>: the items to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read at the shop: shop.Orders(20).")]
    public IReadOnlyList<int> Orders(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>
    /// Orders a coffee and waits for it, holding the calling thread all the while. (Only a new connection is opened on a pool
    /// thread, as .NET's HTTP client does it.)
    /// </summary>
    /// <exception cref="HttpRequestException">The order went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Cup Order(int order)
    {
        using var span = Spans.Item(order);
        return Cup.Read(Send(HttpMethod.Get, _coffee, order));
    }

    /// <summary>Orders a coffee; no thread is held while it is made.</summary>
    /// <exception cref="HttpRequestException">The order went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Task<Cup> OrderAsync(int order) => Spans.ItemAsync(order, _orderAsync);

    /// <inheritdoc cref="OrderAsync(int)"/>
    /// <exception cref="OperationCanceledException">Cancelled, also half way through the answer.</exception>
    public Task<Cup> OrderAsync(int order, CancellationToken cancellationToken)
        => Spans.ItemAsync(order, order => _client.GetAsync(_coffee, order, Cup.Read, ExitTimeout, cancellationToken));

    /// <summary>Downloads tasting notes (text of few words, so that it compresses well), holding the calling thread all the while.</summary>
    /// <exception cref="HttpRequestException">The download went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public byte[] Beans(int order)
    {
        using var span = Spans.Item(order);
        return Send(HttpMethod.Get, _beans, order);
    }

    /// <summary>Downloads tasting notes; no thread is held while they are on their way.</summary>
    /// <exception cref="HttpRequestException">The download went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Task<byte[]> BeansAsync(int order)
        => Spans.ItemAsync(order, order => _client.GetAsync(_beans, order, body => body, ExitTimeout, CancellationToken.None));

    /// <summary>What the shop has counted: the proof of how many orders were in flight at once.</summary>
    public ShopStats Stats() => JsonSerializer.Deserialize(Send(HttpMethod.Get, Statistics), ShopJson.Default.ShopStats)!;

    /// <summary>Starts the counts afresh.</summary>
    public void ResetStats() => Send(HttpMethod.Delete, Statistics);

    /// <summary>Gives the shop up; its process ends when all who opened it have.</summary>
    public void Dispose() => _client.Dispose();

    private static readonly ShopPath Statistics = new("/stats");

    // Where no errors were asked for, a broken connection means that the shop is dying: wait for that instead of guessing.
    private TimeSpan ExitTimeout => _settings.Errors > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1);

    private byte[] Send(HttpMethod method, ShopPath path, int order = 0) => _client.Send(method, path, order, ExitTimeout);
}
