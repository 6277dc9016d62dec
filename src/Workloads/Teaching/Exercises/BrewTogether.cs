namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 07, in Python: all orders brew at once on one thread, and the cups come in the order of the orders.</summary>
    public static PythonExercise BrewTogether { get; } = new(
        "07-3",
        "brew_together",
        "A coroutine is cold: it begins when somebody awaits it, here one after the other. asyncio.gather(...) makes a task of each, begins them all, and gives their results in the order in which it got them; asyncio.create_task(...) begins one.",
        """
        #!python
        import asyncio


        async def brew_together(orders, brew):
            return await asyncio.gather(*(brew(order) for order in orders))

        #!csharp
        await Exercises.BrewTogether.Check()
        """);
}
