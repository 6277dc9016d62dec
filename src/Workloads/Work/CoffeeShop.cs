using System.Globalization;
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
    private readonly ShopLease _lease;
    private readonly ShopSettings _settings;

    // Written once: an order is short, and there may be ten thousand.
    private readonly string _coffeeQuery;
    private readonly string _beansQuery;

    private CoffeeShop(ShopLease lease, ShopSettings settings)
    {
        _lease = lease;
        _settings = settings;
        _coffeeQuery = settings.CoffeeQuery();
        _beansQuery = settings.BeansQuery();
    }

    /// <summary>Opens the shop, or joins the one this process has open. It takes orders when this returns.</summary>
    /// <param name="ms">Mean wait of an order in milliseconds, 0 to 3,600,000.</param>
    /// <param name="jitter">How far waits spread around the mean, as a share of it, 0 to 1; 0.2 makes 50 ms 40 to 60 ms.</param>
    /// <param name="seed">Chooses waits and answers.</param>
    /// <exception cref="FileNotFoundException">The shop's program or the dotnet command is missing.</exception>
    /// <exception cref="InvalidOperationException">The shop did not start; the message says what it said.</exception>
    public static CoffeeShop Open(int ms = 50, double jitter = 0.2, int seed = 1)
        => Open(SharedShop.OfThisProcess, new ShopSettings(ms, jitter, seed).Checked());

    internal static CoffeeShop Open(SharedShop shared, ShopSettings settings)
    {
        var shop = new CoffeeShop(shared.Take(), settings);
        try
        {
            // The first order compiles both sides; nobody's measurement shall pay for that.
            shop.With(ms: 0).Order(0);
            return shop;
        }
        catch
        {
            shop.Dispose();
            throw;
        }
    }

    /// <summary>A shop that somebody else runs, such as the parent of a worker process; never started or closed from here.</summary>
    /// <param name="address">Its <see cref="Address"/>, such as <c>http://127.0.0.1:46431</c>.</param>
    public static CoffeeShop At(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"'{address}' is no address of a coffee shop: write one such as http://127.0.0.1:46431.", nameof(address));
        return new CoffeeShop(new ShopLease(uri.GetLeftPart(UriPartial.Authority)), new ShopSettings());
    }

    /// <summary>Where the shop answers. It changes when the shop has to be started again.</summary>
    public string Address => _lease.Address();

    /// <summary>
    /// Where another program orders the very same cups, such as a Python script: <c>{order}</c> stands for the order's number.
    /// </summary>
    public string CoffeeUrl => Address + "/coffee/{order}" + _coffeeQuery;

    /// <summary>Where another program downloads the very same <see cref="Beans(int)"/>: <c>{order}</c> stands for the order's number.</summary>
    public string BeansUrl => Address + "/beans/{order}" + _beansQuery;

    /// <summary>The number of the server's process, or null when it runs elsewhere.</summary>
    public int? ProcessId => _lease.ProcessId;

    /// <summary>The same shop served differently; what is not named stays. The view needs no disposal of its own.</summary>
    /// <param name="ms">Mean wait of an order in milliseconds, 0 to 3,600,000.</param>
    /// <param name="jitter">How far waits spread around the mean, as a share of it, 0 to 1.</param>
    /// <param name="seed">Chooses waits, answers and errors.</param>
    /// <param name="errors">The share of orders that go wrong, 0 to 1; which ones is chosen by the seed.</param>
    /// <param name="faults">How they may go wrong.</param>
    /// <param name="attempt">Which try this is, from 0: a second try may succeed where the first went wrong.</param>
    /// <param name="kilobytes">Size of a download of <see cref="Beans(int)"/> in units of 1024 bytes, 1 to 65,536.</param>
    public CoffeeShop With(int? ms = null, double? jitter = null, int? seed = null, double? errors = null,
        ShopFaults? faults = null, int? attempt = null, int? kilobytes = null) => new(_lease, new ShopSettings(
            ms ?? _settings.Milliseconds, jitter ?? _settings.Jitter, seed ?? _settings.Seed, errors ?? _settings.Errors,
            faults ?? _settings.Faults, attempt ?? _settings.Attempt, kilobytes ?? _settings.Kilobytes).Checked());

    /// <summary>The orders 1 to <paramref name="count"/>: the items to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read at the shop: shop.Orders(20).")]
    public IReadOnlyList<int> Orders(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>
    /// Orders a coffee and waits for it, holding the calling thread all the while. (Only a new connection is opened on a pool
    /// thread, as HttpClient does it: see <see cref="WarmAsync"/>.)
    /// </summary>
    /// <exception cref="HttpRequestException">The order went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Cup Order(int order) => Order(order, CancellationToken.None);

    /// <inheritdoc cref="Order(int)"/>
    public Cup Order(int order, CancellationToken cancellationToken)
    {
        using var span = Spans.Item(order);
        return ToCup(Get(CoffeeOf(order), cancellationToken));
    }

    /// <summary>Orders a coffee; no thread is held while it is made.</summary>
    /// <exception cref="HttpRequestException">The order went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Task<Cup> OrderAsync(int order) => OrderAsync(order, CancellationToken.None);

    /// <inheritdoc cref="OrderAsync(int)"/>
    public Task<Cup> OrderAsync(int order, CancellationToken cancellationToken)
        => Spans.ItemAsync(order, order => GetAsync(CoffeeOf(order), ToCup, cancellationToken));

    /// <summary>Downloads tasting notes (text of few words, so that it compresses well), holding the calling thread all the while.</summary>
    /// <exception cref="HttpRequestException">The download went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public byte[] Beans(int order) => Beans(order, CancellationToken.None);

    /// <inheritdoc cref="Beans(int)"/>
    public byte[] Beans(int order, CancellationToken cancellationToken)
    {
        using var span = Spans.Item(order);
        return Get(BeansOf(order), cancellationToken);
    }

    /// <summary>Downloads tasting notes; no thread is held while they are on their way.</summary>
    /// <exception cref="HttpRequestException">The download went wrong, as asked for with <see cref="With"/>, or the shop is gone.</exception>
    public Task<byte[]> BeansAsync(int order) => BeansAsync(order, CancellationToken.None);

    /// <inheritdoc cref="BeansAsync(int)"/>
    public Task<byte[]> BeansAsync(int order, CancellationToken cancellationToken)
        => Spans.ItemAsync(order, order => GetAsync(BeansOf(order), body => body, cancellationToken));

    /// <summary>What the shop has counted: the proof of how many orders were in flight at once.</summary>
    public ShopStats Stats() => JsonSerializer.Deserialize(Get(new Place("/stats"), CancellationToken.None), ShopJson.Default.ShopStats)!;

    /// <summary>Starts the counts afresh.</summary>
    public void ResetStats() => ShopClient.Delete(Address + "/stats");

    /// <summary>
    /// Opens connections ahead of a measurement, so that the first way measured does not pay for what the second then finds
    /// open. They stay open while they are used at least every ten minutes.
    /// </summary>
    /// <param name="connections">How many are wanted at one time; each takes one file handle here and one in the shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WarmAsync(int connections, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(connections);
        var party = new Place($"/party/{Guid.NewGuid():N}/{connections}");
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => GetAsync(party, body => body, cancellationToken)));
    }

    /// <summary>Gives the shop up; its process ends when everybody who opened it has.</summary>
    public void Dispose() => _lease.Dispose();

    // Where no errors were asked for, a broken connection means that the shop is dying: wait for that instead of guessing.
    private TimeSpan ExitTimeout => _settings.Errors > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1);

    private byte[] Get(Place place, CancellationToken cancellationToken)
    {
        var address = Address;
        try
        {
            return ShopClient.Get(place.At(address), cancellationToken);
        }
        catch (HttpRequestException broken) when (broken.StatusCode is null && _lease.HasMovedFrom(address, ExitTimeout))
        {
            return ShopClient.Get(place.At(Address), cancellationToken);
        }
    }

    private async Task<T> GetAsync<T>(Place place, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        var address = await _lease.AddressAsync();
        try
        {
            return read(await ShopClient.GetAsync(place.At(address), cancellationToken));
        }
        catch (HttpRequestException broken) when (broken.StatusCode is null)
        {
            if (!await _lease.HasMovedFromAsync(address, ExitTimeout)) throw;
            return read(await ShopClient.GetAsync(place.At(await _lease.AddressAsync()), cancellationToken));
        }
    }

    private Place CoffeeOf(int order) => new("/coffee/", order.ToString(CultureInfo.InvariantCulture), _coffeeQuery);

    private Place BeansOf(int order) => new("/beans/", order.ToString(CultureInfo.InvariantCulture), _beansQuery);

    private static Cup ToCup(byte[] answer) => JsonSerializer.Deserialize(answer, ShopJson.Default.Cup)!;

    /// <summary>What is asked for, wherever the shop is.</summary>
    private readonly record struct Place(string Path, string Order = "", string Query = "")
    {
        public string At(string address) => string.Concat(address, Path, Order, Query);
    }
}
