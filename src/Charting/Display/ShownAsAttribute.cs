using System.Reflection;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Says how a value is shown whose own room knows of no pictures: on the assembly of the value, in the room that draws.
/// <code>[assembly: ShownAs&lt;Comparison, Pictures&gt;]</code>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class ShownAsAttribute : Attribute
{
    private protected ShownAsAttribute()
    {
    }

    /// <summary>The value as it is shown: itself where it can, else as its assembly says; null when neither.</summary>
    public static IMimeBundle? Of(object? value) => value as IMimeBundle
        ?? value?.GetType().Assembly.GetCustomAttributes<ShownAsAttribute>().Select(shown => shown.Show(value)).FirstOrDefault(bundle => bundle is not null);

    private protected abstract IMimeBundle? Show(object value);
}

/// <inheritdoc/>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TPicture">Who draws it.</typeparam>
public sealed class ShownAsAttribute<TValue, TPicture> : ShownAsAttribute
    where TPicture : IPictureOf<TValue>
{
    private protected override IMimeBundle? Show(object value) => value is TValue known ? TPicture.Of(known) : null;
}

/// <summary>Who draws a value.</summary>
/// <typeparam name="T">The value.</typeparam>
public interface IPictureOf<in T>
{
    /// <summary>The value as it is shown.</summary>
    static abstract IMimeBundle Of(T value);
}
