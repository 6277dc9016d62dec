using System.Text.Json;

namespace ConcurrencyLab.Tests;

/// <summary>Runs for real, and the picture of a schedule.</summary>
public class StressAndPictureTests
{
    [Fact]
    public void Runs_for_real_are_counted_honestly()
    {
        var right = Programs.AtomicUpdate.StressTest(times: 300, seconds: 20);
        Assert.Equal((300, 0, null), (right.Runs, right.Failures, right.First));
        var early = Programs.AtomicUpdate.StressTest(times: int.MaxValue, seconds: 0.05);
        Assert.InRange(early.Runs, 1, int.MaxValue - 1);
        Assert.Contains("no more fitted into the time", early.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_race_on_one_thread_needs_no_luck_and_shows_for_real_every_time()
    {
        var real = Programs.AsyncRace(awaitsBetween: true).StressTest(times: 100, seconds: 20);
        Assert.Equal((1, 100, 100, 1), (real.Threads, real.Runs, real.Broken, real.First));
        Assert.Equal(0, Programs.AsyncRace(awaitsBetween: false).StressTest(times: 100, seconds: 20).Failures);
    }

    [Fact]
    public void Runs_that_throw_and_runs_that_hang_are_told_apart_and_ended()
    {
        var throws = ConcurrentProgram.OfThreads("throws", program => program.Task("A", () => throw new InvalidOperationException("no milk")));
        Assert.Equal((20, 20, 0), (throws.StressTest(20, 20).Runs, throws.StressTest(20, 20).Threw, throws.StressTest(20, 20).Hung));
        var hangs = ConcurrentProgram.OfThreads("hangs", program =>
        {
            var none = program.Semaphore("none", 0);
            program.Task("A", none.Wait);
            program.Task("B", none.Wait);
        });
        var real = hangs.StressTest(times: 2, seconds: 20);
        Assert.Equal((2, 0, 2), (real.Runs, real.Threw, real.Hung));
        var spins = ConcurrentProgram.OfThreads("spins", program => program.Task("A", () =>
        {
            while (true)
            {
                program.SpinOnce();
            }
        }));
        Assert.Equal(1, spins.StressTest(times: 1, seconds: 20).Hung);
        var loops = ConcurrentProgram.OfThreads("loops", program => program.Task("A", () =>
        {
            while (true)
            {
            }
        }));
        Assert.Contains("program.SpinOnce()", Assert.Throws<UncontrolledConcurrencyException>(() => loops.StressTest(times: 1, seconds: 20)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_has_a_box_for_every_step_a_mark_where_it_broke_and_a_place_on_the_slider_for_each()
    {
        var exploration = Programs.LostUpdate.Explore();
        using var json = JsonDocument.Parse(exploration.Figure.PlotlyJson);
        var bars = json.RootElement.GetProperty("data").EnumerateArray().Where(trace => trace.GetProperty("type").GetString() == "bar").ToList();
        var boxes = bars.Where(trace => trace.TryGetProperty("text", out _)).SelectMany(trace => trace.GetProperty("text").EnumerateArray().Select(text => (trace.GetProperty("name").GetString(), text.GetString()))).ToList();
        Assert.Equal(
            [("A", "read count = 0"), ("B", "read count = 0"), ("B", "write count = 1"), ("it broke here", "write count = 1")],
            boxes.Order());
        var values = json.RootElement.GetProperty("data").EnumerateArray().Single(trace => trace.TryGetProperty("mode", out var mode) && mode.GetString() == "text").GetProperty("text").EnumerateArray().Select(text => text.GetString()).ToList();
        Assert.Equal(["0", "1", "0", "2", "0", "3", "<b>1</b>", "4", "1"], values);
        var slider = json.RootElement.GetProperty("layout").GetProperty("sliders")[0];
        Assert.Equal((4, 5), (slider.GetProperty("active").GetInt32(), slider.GetProperty("steps").GetArrayLength()));
        Assert.Equal(2.5, slider.GetProperty("steps")[2].GetProperty("args")[0].GetProperty("shapes[0].y0").GetDouble());
        Assert.Equal(0x89, exploration.Figure.Png.Span[0]);
        Assert.Contains("3. B: write count = 1", exploration.Figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_run_can_be_drawn()
    {
        Assert.All(
            new[] { Programs.LostUpdate.Run(""), Programs.LostUpdate.Run("A B"), Programs.TwoLocks(true).Run("A B"), Programs.TooPolite.Explore(new ExploreOptions { MaxSteps = 60 }).Failing!, Programs.AsyncRace(true).Explore().Failing! },
            run => Assert.True(run.Figure.Png.Length > 1000 && run.Figure.PlotlyJson.Length > 100));
    }
}
