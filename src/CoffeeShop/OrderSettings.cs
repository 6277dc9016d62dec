using System.Globalization;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>Ways in which an order can go wrong.</summary>
[Flags]
internal enum Faults
{
    None = 0,

    /// <summary>HTTP 503 after the wait.</summary>
    Unavailable = 1,

    /// <summary>The connection is reset (TCP RST) after half of the answer.</summary>
    Reset = 2,

    /// <summary>The right answer, drop by drop, spread over ten more waits.</summary>
    Drip = 4,

    All = Unavailable | Reset | Drip,
}

/// <summary>What is decided about an order at random; each decision has a generator of its own.</summary>
internal enum Decision { Wait = 1, Drink = 2, Origin = 3, Fault = 4, FaultKind = 5, Text = 6 }

/// <summary>What a request asks for, read from its path and query and checked.</summary>
/// <param name="Order">The number of the order.</param>
/// <param name="Milliseconds">Mean wait in milliseconds.</param>
/// <param name="Jitter">How far waits spread around the mean, as a share of it, 0 to 1.</param>
/// <param name="Seed">Chooses waits, answers and errors.</param>
/// <param name="Errors">The share of orders that go wrong, 0 to 1.</param>
/// <param name="Kinds">How they may go wrong.</param>
/// <param name="Kilobytes">Size of a download in units of 1024 bytes.</param>
internal sealed record OrderSettings(
    int Order, int Milliseconds, double Jitter, int Seed, double Errors, Faults Kinds, int Kilobytes)
{
    public const int LongestWait = 3_600_000;
    public const int LargestDownload = 65_536;

    /// <summary>Reads a request. Throws <see cref="BadHttpRequestException"/> with a line that says what to write instead.</summary>
    public static OrderSettings Read(HttpRequest request, int defaultMilliseconds) => new(
        Whole(request.RouteValues["order"] as string, "the order number", 0, int.MinValue, int.MaxValue),
        Whole(request.Query["ms"], "ms", defaultMilliseconds, 0, LongestWait),
        Share(request.Query["jitter"], "jitter", 0),
        Whole(request.Query["seed"], "seed", 1, int.MinValue, int.MaxValue),
        Share(request.Query["errors"], "errors", 0),
        Kind(request.Query["faults"]),
        Whole(request.Query["kilobytes"], "kilobytes", 64, 1, LargestDownload));

    /// <summary>
    /// Randomness that is a pure function of seed, order and decision: without state, so that answers do not depend on which
    /// order comes first.
    /// </summary>
    public SplitMix64 RandomFor(Decision decision) => new(Mix(Mix((uint)Seed) + (uint)Order) + ((ulong)decision << 32));

    /// <summary>One of the choices.</summary>
    public T Pick<T>(IReadOnlyList<T> choices, Decision decision) => choices[(int)(RandomFor(decision).NextDouble() * choices.Count)];

    /// <summary>What goes wrong with this order, or <see cref="Faults.None"/>.</summary>
    public Faults Fault()
    {
        if (RandomFor(Decision.Fault).NextDouble() >= Errors) return Faults.None;
        Faults[] possible = [.. Enum.GetValues<Faults>().Where(kind => kind is Faults.Unavailable or Faults.Reset or Faults.Drip && Kinds.HasFlag(kind))];
        return possible.Length == 0 ? Faults.None : Pick(possible, Decision.FaultKind);
    }

    private static ulong Mix(ulong bits) => new SplitMix64(bits).Next();

    private static int Whole(string? text, string name, int otherwise, int least, int most)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw new BadHttpRequestException($"'{text}' is no value for {name}: write a whole number from {least} to {most}.");
    }

    private static double Share(string? text, string name, double otherwise)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1) return value;
        throw new BadHttpRequestException($"'{text}' is no value for {name}: write a share from 0 to 1, such as 0.2.");
    }

    private static Faults Kind(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Faults.All;
        if (Enum.TryParse<Faults>(text, ignoreCase: true, out var kinds) && (kinds & ~Faults.All) == 0) return kinds;
        throw new BadHttpRequestException($"'{text}' is no value for faults: write unavailable, reset, drip, several of them with commas, or all.");
    }
}
