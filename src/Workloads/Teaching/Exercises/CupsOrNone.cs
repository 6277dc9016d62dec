namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 08, in Python: an error stays in the future of the order that had it.</summary>
    public static PythonExercise CupsOrNone { get; } = new(
        "08-3",
        "cups_or_none",
        "pool.map throws where the result of the failed order would come, and ends there. Submit them all first, futures = [pool.submit(brew, order) for order in orders], and then ask each: future.exception() waits and gives the error, or None; future.result() gives the cup.",
        """
        #!python
        def cups_or_none(pool, orders, brew):
            futures = [pool.submit(brew, order) for order in orders]
            return [None if future.exception() else future.result() for future in futures]

        #!csharp
        await Exercises.CupsOrNone.Check()
        """);
}
