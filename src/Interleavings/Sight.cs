namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What the scheduler could not see of a program that nothing broke. The rule: whatever could not be seen is said, and
/// forbids to call anything proved.
/// </summary>
internal static class Sight
{
    public static IEnumerable<string> NotSeen(ConcurrentProgram program, ProgramBuilder builder, ExplorationNotes notes, bool cut, Exploration tally)
    {
        foreach (var note in builder.Unseen.Concat(notes.NotSeen).Distinct())
        {
            yield return note;
        }

        if (cut)
        {
            yield return $"runs of more than {Quantity.Count(notes.FreeSteps, "step")} in other orders than by turns";
        }

        if (!tally.Holds)
        {
            // What broke needs no proof.
            yield break;
        }

        if (!program.IsOnEventLoop)
        {
            foreach (var (task, name) in notes.Names.Index().Where(task => (notes.Stepped >> task.Index & 1) == 0))
            {
                yield return $"what {name} does: it takes no step, for it touches nothing that comes from program";
            }

            if (!builder.SeesPlainVariables)
            {
                foreach (var shared in CapturedVariables.SharedBy(builder).Distinct())
                {
                    yield return shared;
                }
            }
        }

        if (notes.Names.Count == 1)
        {
            yield return "anything beside the only task";
        }
        else if (program.IsOnEventLoop ? tally.Exhausted && tally.Schedules == 1 : !notes.Met)
        {
            yield return "anything that tasks do to each other: no two of them touch the same thing, one of them changing it";
        }
    }
}
