using System.Text.Json;

namespace ConcurrencyLab.Tests;

/// <summary>Figures kept for readers without a Python.</summary>
[Collection(Alone.Name)]
public sealed class SavedFiguresTests : IDisposable
{
    private const string Somebody = "Python 3.99.0";
    private readonly Notebooks _notebooks = new();
    private readonly string _script;

    public SavedFiguresTests()
    {
        _script = _notebooks.Script("def work():\n    return 1\n");
        Environment.SetEnvironmentVariable(SavedFigures.Variable, "1");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SavedFigures.Variable, null);
        _notebooks.Dispose();
    }

    [Fact]
    public void The_same_work_is_found_again_whatever_the_port_and_however_many_the_cores()
    {
        SavedFigures.Keep(Work(new { url = "http://127.0.0.1:1111/coffee?ms=50", count = 3, workers = 2 }), Somebody, [Reply(0.5)], isDefault: true);

        var found = SavedFigures.Find(Work(new { url = "http://127.0.0.1:2222/coffee?ms=50", count = 3, workers = 8 }));

        Assert.Equal([0.5], found!.Replies.Select(reply => reply.Wall));
        Assert.Equal((Somebody, Machine.Here.Cores), (found.Python, found.SavedFrom.Cores));
        Assert.Null(SavedFigures.Find(Work(new { url = "http://127.0.0.1:2222/coffee?ms=50", count = 4, workers = 2 })));
    }

    [Fact]
    public void A_new_run_takes_the_place_of_the_old_one_and_leaves_the_others()
    {
        SavedFigures.Keep(Work(new { count = 1 }), Somebody, [Reply(1)], isDefault: true);
        SavedFigures.Keep(Work(new { count = 2 }), Somebody, [Reply(2)], isDefault: true);
        SavedFigures.Keep(Work(new { count = 1 }), Somebody, [Reply(3), Reply(4), Reply(5)], isDefault: true);

        Assert.Equal([3, 4, 5], SavedFigures.Find(Work(new { count = 1 }))!.Replies.Select(reply => reply.Wall));
        Assert.Equal([2], SavedFigures.Find(Work(new { count = 2 }))!.Replies.Select(reply => reply.Wall));
    }

    [Fact]
    public void Nothing_is_kept_unless_the_book_is_saved_nor_of_another_interpreter_than_the_chapters_own()
    {
        SavedFigures.Keep(Work(null), Somebody, [Reply(1)], isDefault: false);
        Environment.SetEnvironmentVariable(SavedFigures.Variable, null);
        SavedFigures.Keep(Work(null), Somebody, [Reply(1)], isDefault: true);

        Assert.Null(SavedFigures.Find(Work(null)));
        Assert.False(Directory.Exists(Path.Combine(_notebooks.Scratch, "python", "saved")));
    }

    [Fact]
    public void A_file_that_is_no_json_is_as_good_as_none()
    {
        SavedFigures.Keep(Work(null), Somebody, [Reply(1)], isDefault: true);
        File.WriteAllText(Path.Combine(_notebooks.Scratch, "python", "saved", Path.ChangeExtension(_script, ".json")), "[{");

        Assert.Null(SavedFigures.Find(Work(null)));
    }

    [Fact]
    public void A_chapter_without_a_Python_says_which_was_asked_for()
    {
        var before = Environment.GetEnvironmentVariable(Python.Variable);
        Environment.SetEnvironmentVariable(Python.Variable, "/no/such/python");
        try
        {
            Assert.Contains("CONCURRENCYLAB_PYTHON names /no/such/python, which is no Python 3 that runs here", new ChapterCard(Machine.Here, null).ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Python.Variable, before);
        }
    }

    private static PythonReply Reply(double wall) => new(wall, wall / 2, JsonSerializer.SerializeToElement(new[] { 1 }), null, null, null);

    private PythonWork Work(object? arguments) => PythonWork.Of(_script, arguments);
}
