namespace ConcurrencyLab.CoffeeShop;

/// <summary>
/// Lets in customers who come as a party: nobody is answered before all are there, so the client has opened as many
/// connections as the party has heads, and a measurement that follows pays for none.
/// </summary>
internal sealed class Doorway
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Party> _parties = [];

    /// <summary>Completes when <paramref name="size"/> customers of the party are waiting here.</summary>
    public Task Enter(string name, int size)
    {
        lock (_lock)
        {
            if (!_parties.TryGetValue(name, out var party)) _parties[name] = party = new Party();
            if (++party.Arrived >= size)
            {
                _parties.Remove(name);
                party.Complete.TrySetResult();
            }
            return party.Complete.Task;
        }
    }

    private sealed class Party
    {
        public int Arrived { get; set; }

        public TaskCompletionSource Complete { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
