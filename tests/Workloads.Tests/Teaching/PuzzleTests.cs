using ConcurrencyLab.Interleavings;

namespace ConcurrencyLab.Tests;

/// <summary>What the puzzles of chapter 12 say to orders that do not break them; their solutions run with the chapter.</summary>
public class PuzzleTests
{
    private static readonly ConcurrentProgram Count = ConcurrentProgram.OfThreads("count", program =>
    {
        var board = program.Shared("board", 0);
        void Twice()
        {
            for (var i = 0; i < 2; i++)
            {
                board.Value++;
            }
        }

        program.Task("A", Twice);
        program.Task("B", Twice);
        program.Postcondition("more than 2 cups", () => board.Value > 2);
    });

    [Theory]
    [InlineData("A A B B", "nothing is broken yet, and tasks are left: A: read board; B: read board")]
    [InlineData("A*4 B*4", "nothing broke: A A A A B B B B is harmless")]
    [InlineData("A B B A B B A A", "nothing broke")]
    [InlineData("A*5", "not possible: step 5: A cannot go, A is done")]
    public async Task An_order_that_does_not_break_it_is_told_why(string order, string says)
    {
        var verdict = await Exercises.BreakTheCount.Check(() => Count.Run(order));
        Assert.False(verdict.Passed);
        Assert.Contains(says, verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_that_breaks_it_solves_it_and_only_its_own_puzzle()
    {
        const string Order = "A B B A A B B A";
        Assert.True((await Exercises.BreakTheCount.Check(() => Count.Run(Order))).Passed);
        Assert.Contains("this puzzle is about \"door\"", (await Exercises.BreakTheDoor.Check(() => Count.Run(Order))).Message, StringComparison.Ordinal);
        Assert.Contains("no step", (await Exercises.BreakTheCount.Check(() => Count.Run("Z"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scheduler_finds_an_order_for_it_too()
    {
        Assert.Equal((Outcome.BrokenInvariant, 1), (Count.Explore().Outcome, Count.Explore().Failing!.Preemptions));
    }
}
