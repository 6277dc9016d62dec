namespace ConcurrencyLab.Tests;

/// <summary>Programs that share something the scheduler does not see, or have nothing for it to order.</summary>
internal static class UnseenPrograms
{
    private static int _static;

    public static ConcurrentProgram Named(string kind) => ConcurrentProgram.OfThreads(kind, program =>
    {
        var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
        var gate = program.Lock("gate");
        var count = 0;
        var cells = new int[2];
        var which = x.Value;
        List<string> names = [];
        var totals = new Totals();
        void Both(Action body)
        {
            program.Task("A", () => x.Increment());
            program.Task("B", body);
        }

        void Twice(Action body)
        {
            foreach (var name in new[] { "A", "B" })
            {
                program.Task(name, body);
            }
        }

        switch (kind)
        {
            case "no step":
                Both(() => { });
                break;
            case "one task":
                program.Task("A", () => x.Increment());
                break;
            case "apart":
                Both(() => y.Increment());
                break;
            case "only reads":
                Twice(() => _ = x.Value);
                break;
            case "plain":
                Twice(() =>
                {
                    x.Increment();
                    count++;
                });
                break;
            case "plain in a lock of one":
                program.Task("A", () =>
                {
                    _ = gate.TryEnter();
                    count++;
                });
                program.Task("B", () =>
                {
                    _ = gate.TryEnter();
                    x.Value = count;
                });
                break;
            case "plain field of a class":
                Twice(() => totals.Total += x.Increment());
                break;
            case "static":
                Twice(() => _static += x.Increment());
                break;
            case "element":
                Twice(() => cells[0] = x.Increment());
                break;
            case "some element":
                Twice(() => cells[x.Increment() - 1] = 1);
                break;
            case "list":
                Twice(() => names.Add(x.Increment().ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case "asynchronous":
                foreach (var name in new[] { "A", "B" })
                {
                    program.Task(name, async () =>
                    {
                        x.Increment();
                        await program.Yield();
                        count++;
                    });
                }

                break;
            case "real lock":
                Twice(() =>
                {
                    x.Increment();
                    lock (names)
                    {
                    }
                });
                break;
            case "interlocked":
                Twice(() => x.Value = Interlocked.Increment(ref count));
                break;
            case "an invariant's":
                Twice(() => x.Increment());
                program.Task("C", () => which = x.Value);
                program.Task("D", () => count = x.Value);
                program.Invariant("small", () => count < 100);
                break;
            case "shared with a started task" or "shared by started tasks":
                program.Task("A", () =>
                {
                    for (var i = 0; i < 2; i++)
                    {
                        program.Start("started", () => count += x.Increment());
                    }

                    if (kind == "shared with a started task")
                    {
                        y.Value = count;
                    }
                });
                break;
            default:
                program.Task("A", async () =>
                {
                    await Task.Delay(1);
                    x.Increment();
                });
                program.Task("B", () => x.Value = which);
                break;
        }
    });

    private sealed class Totals
    {
        public int Total { get; set; }
    }
}
