namespace ConcurrencyLab.Tests;

/// <summary>Attempts of chapter 07: coroutines on one loop.</summary>
public sealed partial record PythonAttempt
{
    private static IEnumerable<PythonAttempt> BrewTogether
    {
        get
        {
            yield return Right("BrewTogether", "tasks", """
                import asyncio

                async def brew_together(orders, brew):
                    tasks = [asyncio.create_task(brew(order)) for order in orders]
                    return [await task for task in tasks]
                """);
            yield return Right("BrewTogether", "a dictionary", """
                import asyncio

                async def brew_together(orders, brew):
                    cups = {}
                    async def one(order):
                        cups[order] = await brew(order)
                    await asyncio.gather(*map(one, orders))
                    return [cups[order] for order in orders]
                """);
            yield return Right("BrewTogether", "a loop of its own", """
                import asyncio

                def brew_together(orders, brew):
                    async def all_of_them():
                        return await asyncio.gather(*(brew(order) for order in orders))
                    return asyncio.run(all_of_them())
                """);
            yield return Wrong("BrewTogether", "one after the other", "Never more than 1 of 4", """
                async def brew_together(orders, brew):
                    return [await brew(order) for order in orders]
                """);
            yield return Wrong("BrewTogether", "two at a time", "Never more than 2 of 4", """
                import asyncio

                async def brew_together(orders, brew):
                    turn = asyncio.Semaphore(2)
                    async def one(order):
                        async with turn:
                            return await brew(order)
                    return await asyncio.gather(*map(one, orders))
                """);
            yield return Wrong("BrewTogether", "never awaited", "0 had begun to brew when it returned", """
                async def brew_together(orders, brew):
                    return [brew(order) for order in orders]
                """);
            yield return Wrong("BrewTogether", "tasks that nobody awaits", "the others were given up: await them all", """
                import asyncio

                async def brew_together(orders, brew):
                    return [asyncio.create_task(brew(order)) for order in orders]
                """);
            yield return Wrong("BrewTogether", "as they are ready", "in the order in which they were ready", """
                import asyncio

                async def brew_together(orders, brew):
                    return [await cup for cup in asyncio.as_completed([brew(order) for order in orders])]
                """);
            yield return Wrong("BrewTogether", "threads", "a loop can hold all of them on its one", """
                import asyncio

                async def brew_together(orders, brew):
                    return await asyncio.gather(*(asyncio.to_thread(asyncio.run, brew(order)) for order in orders))
                """);
            yield return Wrong("BrewTogether", "gather of a list", "TypeError", """
                import asyncio

                async def brew_together(orders, brew):
                    return await asyncio.gather([brew(order) for order in orders])
                """);
        }
    }
}
