using System.ComponentModel;
using System.Numerics;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="Interlocked"/>: a read and a write in one step.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinInterlocked
{
    public static T Increment<T>(int line, object? owner, string name, ref T place, Func<T>? look)
        where T : INumber<T> => Change(line, owner, name, ref place, "increment", look, was => was + T.One).Now;

    public static T Decrement<T>(int line, object? owner, string name, ref T place, Func<T>? look)
        where T : INumber<T> => Change(line, owner, name, ref place, "decrement", look, was => was - T.One).Now;

    public static T Add<T>(int line, object? owner, string name, ref T place, Func<T>? look, T value)
        where T : INumber<T> => Change(line, owner, name, ref place, "add", look, was => was + value).Now;

    public static T And<T>(int line, object? owner, string name, ref T place, Func<T>? look, T value)
        where T : IBinaryInteger<T> => Change(line, owner, name, ref place, "and", look, was => was & value).Was;

    public static T Or<T>(int line, object? owner, string name, ref T place, Func<T>? look, T value)
        where T : IBinaryInteger<T> => Change(line, owner, name, ref place, "or", look, was => was | value).Was;

    public static T Read<T>(int line, object? owner, string name, ref T place, Func<T>? look) => Twin.Seen(Twin.Read(line, owner, name), place);

    public static T Exchange<T>(int line, object? owner, string name, ref T place, Func<T>? look, T value) =>
        Change(line, owner, name, ref place, "exchange", look, _ => value).Was;

    public static T CompareExchange<T>(int line, object? owner, string name, ref T place, Func<T>? look, T value, T comparand) =>
        Change(line, owner, name, ref place, "compare and exchange", look, was => AreSame(was, comparand) ? value : was, was => AreSame(was, comparand)).Was;

    private static (T Was, T Now) Change<T>(int line, object? owner, string name, ref T place, string what, Func<T>? look, Func<T, T> change, Func<T, bool>? changes = null)
    {
        if (Twin.Here(line) is { } strand)
        {
            var model = strand.Run.PlaceOf(owner, name);
            if (model.IsStep(strand, write: true))
            {
                var text = "";
                strand.Step(new Operation
                {
                    Target = model,
                    Intent = () => $"{what} {model.Name}",
                    Deed = () => $"{what} {model.Name}: {text}",
                    Changes = changes is null || look is null ? null : _ => changes(look()),
                    Effect = _ =>
                    {
                        if (look is not null)
                        {
                            text = $"{ControlledObject.Show(look())} → {ControlledObject.Show(change(look()))}";
                        }
                    },
                });
                if (changes?.Invoke(place) == false)
                {
                    strand.Changes--;
                }
            }

            model.Shows(change(place));
        }

        var was = place;
        place = change(was);
        return (was, place);
    }

    private static bool AreSame<T>(T one, T other) => typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(one, other) : ReferenceEquals(one, other);
}
