using System.Globalization;

namespace ConcurrencyLab.Interleavings;

/// <summary>Something that tasks of a <see cref="ProgramBuilder"/> share: every access to it is a step that the scheduler orders.</summary>
public abstract class ControlledObject
{
    private protected ControlledObject(ProgramBuilder builder, string name) => (Builder, Name) = (builder, name);

    /// <summary>Its name in pictures and messages.</summary>
    public string Name { get; }

    internal ProgramBuilder Builder { get; }

    /// <summary>Its place among all of its builder: the same in every run of the same order.</summary>
    internal int Index { get; set; }

    /// <summary>Its state in a few characters, shown between steps.</summary>
    internal abstract string State { get; }

    /// <summary>A number that two states share only when tasks cannot tell them apart; null where there is none but what led there.</summary>
    internal virtual int? StateHash => null;

    /// <summary>How often it was changed in this run.</summary>
    internal int Version { get; set; }

    /// <summary>Its state as a number: see <see cref="StateHash"/>, or everything that led there.</summary>
    internal long History { get; set; }

    /// <summary>Tasks that touched it in this run.</summary>
    internal ulong TouchedBy { get; set; }

    /// <summary>Tasks that changed it in this run.</summary>
    internal ulong ChangedBy { get; set; }

    /// <summary>The real thing where nothing is scheduled, the step where it is.</summary>
    private protected void Do(Action real, Operation step)
    {
        if (Builder.Real)
        {
            real();
        }
        else
        {
            Builder.Step(step);
        }
    }

    /// <summary>
    /// Something that is waited for no longer than a time. What a time means is the scheduler's choice: where the thing can be
    /// had, it is had or came a moment too late; where it cannot, the time is over.
    /// </summary>
    /// <param name="real">The real thing, which says whether it was had.</param>
    /// <param name="intent">What the task is about to do.</param>
    /// <param name="timeout">Zero means not to wait at all, <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="canGo">Whether it can be had.</param>
    /// <param name="take">Takes it.</param>
    private protected bool Try(Func<bool> real, Func<string> intent, TimeSpan timeout, Func<int, bool> canGo, Action<int> take)
    {
        var had = false;
        var forEver = timeout == Timeout.InfiniteTimeSpan;
        Do(() => had = real(), new Operation
        {
            Target = this,
            Intent = intent,
            Deed = () => $"{intent()}: {(had ? "yes" : "no")}",
            Obstacle = () => $"waits: {intent()}",
            Enabled = forEver ? canGo : null,
            Changes = canGo,
            Options = timeout == TimeSpan.Zero || forEver ? null : task => canGo(task) ? 2 : 1,
            Effect = task =>
            {
                had = Builder.Option == 0 && canGo(task);
                if (had)
                {
                    take(task);
                }
            },
        });
        return had;
    }

    /// <summary>A value as people read it, whatever the machine's culture.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{Quantity.Shortened(text, 14)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quantity.Shortened(value.ToString() ?? "", 16),
    };
}
