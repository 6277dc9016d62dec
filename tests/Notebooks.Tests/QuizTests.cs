using System.Text.Json;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>What chapter 11 asks is what the library marks.</summary>
public class QuizTests
{
    [Fact]
    public async Task The_notebook_asks_what_the_library_marks_and_gives_no_answer_away()
    {
        var chapter = Chapters.Read("11-quiz");
        var cells = chapter.Cells.ToDictionary(cell => cell.Id!, cell => cell.Source);
        var questions = await AskLibraryAsync(chapter.CodeCells.First().Source);

        Assert.InRange(questions.Length, 12, 100);
        for (var number = 1; number <= questions.Length; number++)
        {
            var question = cells[$"question-{number}"];
            Assert.All(questions[number - 1], text => Assert.Contains(text, question, StringComparison.Ordinal));
            Assert.Equal($"await Quiz.Answer({number}, \"?\")", cells[$"answer-{number}"]);
        }
    }

    /// <summary>Each question's text and options, as the library in artifacts/lab has them.</summary>
    private static async Task<string[][]> AskLibraryAsync(string start)
    {
        await using var session = new CSharpSession(new SessionOptions { WorkingFolder = Paths.Notebooks });
        var shown = new List<CellOutput>();
        foreach (var source in new[] { start, "Console.Write(System.Text.Json.JsonSerializer.Serialize(Quiz.Questions.Select(q => q.Options.Prepend(q.Text))))" })
        {
            shown.Clear();
            Assert.True((await session.ExecuteAsync(new Cell(source, 1), shown.Add, TestContext.Current.CancellationToken)).Succeeded);
        }

        return JsonSerializer.Deserialize<string[][]>(string.Concat(shown.OfType<StreamOutput>().Select(output => output.Text)))!;
    }
}
