using System.Globalization;

namespace ConcurrencyLab;

/// <summary>What most of a work's time goes into; article section <i>The Problem of Blocking Operations (I/O-bound) and Computational Tasks (CPU-bound)</i>.</summary>
public enum WorkKind
{
    /// <summary>I/O-bound: for most of the time no core works.</summary>
    Waits,

    /// <summary>Neither: it waits and computes by turns.</summary>
    Both,

    /// <summary>CPU-bound: a core works nearly all the time.</summary>
    Computes,
}

/// <summary>Tells waiting from computing.</summary>
public static class WorkKinds
{
    // Between them lie the works whose kind depends on what one wants of them; the bounds are a convention, not a law.
    private const double Waiting = 1.0 / 3;
    private const double Computing = 2.0 / 3;

    /// <summary>The kind by processor time over wall time: up to a third it waits, from two thirds on it computes.</summary>
    /// <param name="busyCores">Processor time over wall time of one item at a time; above 1 it uses several cores.</param>
    public static WorkKind Of(double busyCores) => busyCores switch
    {
        <= Waiting => WorkKind.Waits,
        < Computing => WorkKind.Both,
        _ => WorkKind.Computes,
    };

    /// <summary>The kind of a measured run.</summary>
    public static WorkKind Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Of(run.CpuUtilization);
    }

    /// <summary>As people say it.</summary>
    public static string Word(this WorkKind kind) => kind switch
    {
        WorkKind.Waits => "waits",
        WorkKind.Computes => "computes",
        _ => "waits and computes",
    };

    /// <summary>A user's word for it.</summary>
    /// <exception cref="ArgumentException">It is none of the three words.</exception>
    internal static WorkKind Parse(string word) => (word ?? "").Trim().ToLower(CultureInfo.InvariantCulture) switch
    {
        "waits" => WorkKind.Waits,
        "computes" => WorkKind.Computes,
        "both" or "waits and computes" => WorkKind.Both,
        _ => throw new ArgumentException($"\"{word}\" is no kind of work: write \"waits\", \"computes\" or \"both\"."),
    };
}
