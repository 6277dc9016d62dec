using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

public sealed class InspectionTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();
    private readonly Draft _draft;

    public InspectionTests() => _draft = new Draft(_notebook);

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Theory]
    [InlineData("Compare.Ru|ns")]
    [InlineData("Compare.Runs|")]
    [InlineData("await Compare.Runs(|")]
    [InlineData("await Compare.Runs(\"x\", | Run.As(\"a\", () => { }))")]
    [InlineData("await Compare.Runs(\"x\",|")]
    public async Task A_method_of_the_library_shows_its_signature_overloads_and_documentation(string code)
    {
        await _notebook.Succeed(Draft.Library(_notebook));
        var text = _draft.Inspect(code);
        Assert.Contains("Task<Comparison> Compare.Runs(string title, params Run[] runs) (+ 1 overload)", text, StringComparison.Ordinal);
        Assert.Contains("Measures", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_of_the_framework_shows_its_documentation()
    {
        var text = _draft.Inspect("Console.WriteLine(1|)");
        Assert.StartsWith("void Console.WriteLine(int value) (+ ", text, StringComparison.Ordinal);
        Assert.Contains("standard output stream", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_of_an_earlier_cell_shows_its_type_and_on_request_how_it_was_declared()
    {
        await _notebook.Succeed("var before = 1; var cups = new List<int> { before };");
        Assert.Equal("(variable) List<int> cups", _draft.Inspect("cups|")?.Split('\n')[0]);
        Assert.DoesNotContain("before", _draft.Inspect("cups|"), StringComparison.Ordinal);
        Assert.EndsWith("\n\nvar cups = new List<int> { before };", _draft.Inspect("cups|", withSource: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_user_wrote_above_a_function_is_its_documentation()
    {
        await _notebook.Succeed("/// <summary>Takes <paramref name=\"minutes\"/> minutes.</summary>\nint Steep(int minutes) => minutes;");
        Assert.Equal("int Steep(int minutes)\n\nTakes minutes minutes.", _draft.Inspect("Steep(|3)"));
    }

    [Theory]
    [InlineData("|")]
    [InlineData("1 + 1|")]
    [InlineData("// Console|")]
    [InlineData("\"Console|\"")]
    [InlineData("unheardOf|")]
    public void Nothing_is_said_about_what_is_not_known(string code) => Assert.Null(_draft.Inspect(code));
}
