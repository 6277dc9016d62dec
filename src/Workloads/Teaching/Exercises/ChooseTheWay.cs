namespace ConcurrencyLab;

public static partial class Exercises
{
    private static readonly string[] WaysToChoose = ["sequential", "async", "threads", "parallel"];

    /// <summary>Chapter 10: the way for each of four described jobs, checked by measuring them.</summary>
    public static Exercise<Func<string, string>> ChooseTheWay { get; } = new(
        "10-1",
        "For each job ask: does a core work meanwhile? If not: can it be awaited, or does it hold its thread? If yes: is an item worth handing over? The words to return are sequential, async, threads and parallel.",
        """
        string ChooseTheWay(string job) => job switch
        {
            "12 web pages, 20 ms each; the client can be awaited" => "async",
            "16 scans of 20 ms; the scanner's library blocks" => "threads",
            "24 tiles of a picture to blur, 10 ms each" => "parallel",
            _ => "sequential",
        };

        await Exercises.ChooseTheWay.Check(ChooseTheWay)
        """,
        async attempt =>
        {
            var options = new MeasureOptions { Budget = TimeSpan.FromSeconds(0.8), MinRepeats = 2, MaxRepeats = 7, RecordSpans = false };
            foreach (var job in Jobs())
            {
                var chosen = attempt(job.Description) ?? "";
                if (!WaysToChoose.Contains(chosen, StringComparer.OrdinalIgnoreCase))
                {
                    return $"For \"{job.Description}\" you chose \"{chosen}\": choose one of {string.Join(", ", WaysToChoose)}.";
                }

                if (!job.Ways.Any(way => string.Equals(way.Name, chosen, StringComparison.OrdinalIgnoreCase)))
                {
                    return $"For \"{job.Description}\" you chose {chosen}, which this job does not offer: {job.Without}";
                }

                // Known without measuring; and other programs on the same cores may turn the figures round.
                if (string.Equals(job.Ways[0].Name, chosen, StringComparison.OrdinalIgnoreCase)) continue;

                var measured = await Compare.Runs(job.Description, options, job.Ways).ConfigureAwait(false);
                var (own, best) = (measured[chosen], measured.Runs.MinBy(run => run.Wall.Median)!);
                if (own.Wall.Median > best.Wall.Median * job.Tolerance)
                {
                    return $"For \"{job.Description}\" you chose {chosen}: just now it took {Quantity.Time(own.Wall.Median)}, and {best.Name} took {Quantity.Time(best.Wall.Median)}.";
                }

                if (JudgeWait.IsMachineBusy())
                {
                    return JudgeWait.TryAgain($"For \"{job.Description}\" you chose {chosen}, which was about as quick as {job.Ways[0].Name} just now.");
                }
            }

            return null;
        });

    /// <summary>The first of each job's ways is the one for it; another one will do where it is as quick.</summary>
    private static IEnumerable<JobToChoose> Jobs()
    {
        int[] pages = [.. Enumerable.Range(1, 12)], scans = [.. Enumerable.Range(1, 16)], numbers = [.. Enumerable.Range(1, 1000)];
        var picture = Picture.Beans();
        var tiles = picture.Tiles().Take(24).ToArray();
        static int Scan(int page)
        {
            Thread.Sleep(20);
            return page;
        }

        static async Task<int> LoadAsync(int page)
        {
            await Task.Delay(20).ConfigureAwait(false);
            return page;
        }

        // Their answers are not compared: only their times count.
        yield return new("12 web pages, 20 ms each; the client can be awaited", "its client can be awaited and nothing else.", 1.5,
            Run.As("async", async () => { await Task.WhenAll(pages.Select(LoadAsync)); }),
            Run.As("sequential", async () => { foreach (var page in pages) await LoadAsync(page); }),
            Run.As("threads", () => { FixedThreads.Map(pages, page => LoadAsync(page).GetAwaiter().GetResult(), 4); }),
            Run.As("parallel", () => { ParallelForEach.Map(pages, page => LoadAsync(page).GetAwaiter().GetResult()); }));
        yield return new("16 scans of 20 ms; the scanner's library blocks", "its library blocks, there is nothing to await.", 1.5,
            Run.As("threads", () => { ThreadPerItem.Map(scans, Scan); }),
            Run.As("sequential", () => { Sequential.Map(scans, Scan); }),
            Run.As("parallel", () => { ParallelForEach.Map(scans, Scan, Math.Min(Environment.ProcessorCount, 8)); }));
        yield return new("24 tiles of a picture to blur, 10 ms each", "blurring computes, there is nothing to await.", 1.35,
            Run.As("parallel", () => { ParallelForEach.Map(tiles, tile => picture.Blur(tile)); }),
            Run.As("threads", () => { ThreadPerItem.Map(tiles, tile => picture.Blur(tile)); }),
            Run.As("sequential", () => { Sequential.Map(tiles, tile => picture.Blur(tile)); }));
        yield return new("the sum of 1,000 numbers", "adding waits for nothing.", 1.5,
            Run.As("sequential", () => numbers.Sum()),
            Run.As("threads", () => { FixedThreads.Map(Enumerable.Range(0, 4), part => numbers.Skip(part * 250).Take(250).Sum(), 4); }),
            Run.As("parallel", () => numbers.AsParallel().Sum()));
    }

    private sealed record JobToChoose(string Description, string Without, double Tolerance, params Run[] Ways);
}
