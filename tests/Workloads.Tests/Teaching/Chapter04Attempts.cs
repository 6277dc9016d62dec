using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter04Attempts : Marking<Chapter04Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. TellTheKind, .. HearEverybody];

    private static IEnumerable<Attempt> TellTheKind =>
    [
        Right(Exercises.TellTheKind, "0.33 and 0.67", (wall, processor) => Between(wall, processor, 0.33, 0.67)),
        Right(Exercises.TellTheKind, "thirds", (wall, processor) => Between(wall, processor, 1.0 / 3, 2.0 / 3)),
        Right(Exercises.TellTheKind, "multiplied instead of divided", (wall, processor) => 3 * processor >= 2 * wall ? "computes" : 3 * processor <= wall ? "waits" : "both"),

        Wrong(Exercises.TellTheKind, "0.05 and 0.9", "less than a third of the time, so it waits", (wall, processor) => Between(wall, processor, 0.05, 0.9)),
        Wrong(Exercises.TellTheKind, "0.33 and 0.9", "more than two thirds of the time, so it computes", (wall, processor) => Between(wall, processor, 0.33, 0.9)),
        Wrong(Exercises.TellTheKind, "one bound", "so it is both", (wall, processor) => Between(wall, processor, 0.5, 0.5)),
        Wrong(Exercises.TellTheKind, "exactly 1 computes", "so it computes", (wall, processor) => processor == wall ? "computes" : processor < wall / 3 ? "waits" : "both"),
        Wrong(Exercises.TellTheKind, "a core at most", "A sum on eight cores", (wall, processor) => processor > wall ? "both" : Between(wall, processor, 0.33, 0.67)),
        Wrong(Exercises.TellTheKind, "the other way round", "so it waits", (wall, processor) => Between(processor, wall, 0.33, 0.67)),
        Wrong(Exercises.TellTheKind, "milliseconds instead of a ratio", "so it waits", (wall, processor) => processor < 1 ? "waits" : wall - processor > 50 ? "both" : "computes"),
        Wrong(Exercises.TellTheKind, "another word", "instead of \"waits\"", (_, _) => "idle"),
    ];

    private static string Between(double wall, double processor, double low, double high) =>
        processor / wall <= low ? "waits" : processor / wall < high ? "both" : "computes";

    private static IEnumerable<Attempt> HearEverybody =>
    [
        Right(Exercises.HearEverybody, "WhenAll", people => Task.WhenAll(people.Select(person => person.ReadLineAsync()))),
        Right(Exercises.HearEverybody, "kept tasks, awaited one after the other", async people =>
        {
            var lines = people.Select(person => person.ReadLineAsync()).ToArray();
            foreach (var line in lines) await line;
            return [.. lines.Select(line => line.Result)];
        }),
        Right(Exercises.HearEverybody, "an array filled by index", async people =>
        {
            var heard = new string?[people.Count];
            await Task.WhenAll(people.Select(async (person, index) => heard[index] = await person.ReadLineAsync()));
            return heard;
        }),

        Wrong(Exercises.HearEverybody, "ReadLine", "with nothing left to await", people => Task.FromResult<string?[]>([.. people.Select(person => person.ReadLine())])),
        Wrong(Exercises.HearEverybody, "Yield, then ReadLine", "ReadLine holds whatever thread", async people =>
        {
            await Task.Yield();
            return [.. people.Select(person => person.ReadLine())];
        }),
        Wrong(Exercises.HearEverybody, "Task.Run(ReadLine)", "ReadLine holds whatever thread", people => Task.WhenAll(people.Select(person => Task.Run(person.ReadLine)))),
        Wrong(Exercises.HearEverybody, "ReadLineAsync().Result", "with nothing left to await", people => Task.FromResult<string?[]>([.. people.Select(person => person.ReadLineAsync().Result)])),
        Wrong(Exercises.HearEverybody, "one after the other", "each person is awaited", async people =>
        {
            var heard = new List<string?>();
            foreach (var person in people) heard.Add(await person.ReadLineAsync());
            return [.. heard];
        }),
        Wrong(Exercises.HearEverybody, "the first two", "You heard: a latte, an espresso.", people => Task.WhenAll(people.Take(2).Select(person => person.ReadLineAsync()))),
        Wrong(Exercises.HearEverybody, "no task", "null instead of a task", _ => null!),
    ];
}
