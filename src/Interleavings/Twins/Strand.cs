using System.Globalization;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>What goes on by itself in a run: the code's own thread, those it starts, tasks, and what comes after an await.</summary>
internal sealed class Strand(TwinRun run, string name, bool isBackground)
{
    [ThreadStatic]
    private static Strand? _current;

    private int _children;
    private int _rounds;
    private long _since;
    private (TwinUse Use, bool Write)? _open;

    /// <summary>The strand that the calling thread plays.</summary>
    public static Strand? Current { get => _current; set => _current = value; }

    public TwinRun Run { get; } = run;

    public string Name { get; } = name;

    public bool IsBackground { get; } = isBackground;

    /// <summary>How often it has changed something that others see.</summary>
    public int Changes { get; set; }

    /// <summary>The line that it is in.</summary>
    public int Line { get; set; }

    /// <summary>Remembers the line of a call on an object.</summary>
    public static T InLine<T>(int line, T on)
    {
        _current?.Line = line;
        return on;
    }

    public string NameOfChild() => string.Create(CultureInfo.InvariantCulture, $"{(Name == "main" ? "T" : Name + ".")}{++_children}");

    /// <summary>The step comes at its turn; what the code is in the middle of ends before.</summary>
    public void Step(Operation operation)
    {
        CloseUse();
        (_rounds, _since) = (0, 0);
        if (!operation.OnlyReads && operation.Target is not null)
        {
            Changes++;
        }

        Run.Builder.Step(operation);
    }

    /// <summary>Waits until something can be had. Background work does not keep its program from ending.</summary>
    public void Wait(int line, ControlledObject? target, string what, Func<bool> can, Action? take = null, bool givesWay = false)
    {
        var ends = false;
        Step(new Operation
        {
            Target = target,
            OnlyReads = take is null,
            GivesWay = givesWay,
            Intent = () => what,
            Obstacle = () => $"waits: {what}, in line {line.ToString(CultureInfo.InvariantCulture)}",
            Enabled = _ => can() || IsBackground && Run.OnlyBackgroundLeft,
            Effect = _ =>
            {
                ends = !can();
                if (!ends)
                {
                    take?.Invoke();
                }
            },
        });
        if (ends)
        {
            throw new StrandEndsException();
        }
    }

    /// <summary>Does something to an object in one step.</summary>
    public void Do(int line, ControlledObject target, string what, Action effect, bool looks = false, bool givesBack = false) => Step(new Operation
    {
        Target = target,
        OnlyReads = looks,
        GivesBack = givesBack,
        Intent = () => what,
        Effect = _ => effect(),
    });

    /// <summary>A use of an object that is made for one at a time has begun.</summary>
    public void Open(TwinUse use, bool write) => _open = (use, write);

    /// <summary>Ends the use that is still open.</summary>
    public void CloseUse()
    {
        if (_open is not { } open)
        {
            return;
        }

        _open = null;
        Run.Builder.Step(new Operation
        {
            Target = open.Use,
            OnlyReads = !open.Write,
            GivesBack = true,
            Intent = () => $"{open.Use.Name}: done",
            Effect = _ => open.Use.Leave(open.Write),
        });
    }

    /// <summary>A loop goes round. One that never comes to a step would never give the others their turn.</summary>
    public void Round(int line)
    {
        if ((++_rounds & 0xFFFF) != 0)
        {
            return;
        }

        if (_since == 0)
        {
            _since = Environment.TickCount64;
        }
        else if (Environment.TickCount64 - _since > 1500)
        {
            throw new UncontrolledConcurrencyException($"{Name} loops for ever in line {line.ToString(CultureInfo.InvariantCulture)} and touches nothing there that another task could change.");
        }
    }

}
