using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Tests.Session;

public sealed class ReferenceTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task A_library_finds_the_managed_and_native_libraries_beside_it()
    {
        var lab = Path.Combine(Lab(), "Microsoft.Data.Sqlite.dll");
        Assert.True(File.Exists(lab), "Build src/Workloads first: dotnet build src/Workloads");
        var relative = Path.GetRelativePath(_notebook.Folder, lab);
        var cell = await _notebook.Succeed($$"""
            #r "{{relative}}"
            using Microsoft.Data.Sqlite;
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            var command = connection.CreateCommand();
            command.CommandText = "select 6 * 7";
            command.ExecuteScalar()
            """);
        Assert.Equal("42", cell.PlainValue);
    }

    [Fact]
    public async Task A_native_library_beside_the_reference_draws()
    {
        var relative = Path.GetRelativePath(_notebook.Folder, Path.Combine(Lab(), "SkiaSharp.dll"));
        Assert.Equal("3", (await _notebook.Succeed($"#r \"{relative}\"\nvar bitmap = new SkiaSharp.SKBitmap(3, 4);\nbitmap.Width")).PlainValue);
    }

    [Fact]
    public async Task A_package_is_restored_and_another_joins_it()
    {
        Assert.Equal("7.0.1.0", (await _notebook.Succeed("#r \"nuget: DynamicObj, 7.0.1\"\ntypeof(DynamicObj.DynamicObj).Assembly.GetName().Version.ToString()")).PlainValue);
        Assert.Equal("<p>a</p>\n", (await _notebook.Succeed("#r \"nuget: Markdig, 1.6.0\"\nMarkdig.Markdown.ToHtml(\"a\")")).PlainValue);
        Assert.Equal("True", (await _notebook.Succeed("typeof(DynamicObj.DynamicObj) != null")).PlainValue);
    }

    [Fact]
    public async Task Another_version_than_asked_for_is_told_and_one_that_is_there_is_asked_for_in_any_way()
    {
        var first = await _notebook.Succeed("#r \"nuget: Newtonsoft.Json, 12.0.99\"");
        Assert.Equal(["Newtonsoft.Json 13.0.1 was installed: there is no 12.0.99, and NuGet took the next."], Displayed(first));
        foreach (var again in new[] { "newtonsoft.json, 13.0.1", "NEWTONSOFT.JSON,13.0.1.0", "Newtonsoft.Json, [13.0.1]", "newtonsoft.json, 12.0.99", "newtonsoft.json" })
            Assert.Empty((await _notebook.Succeed($"#r \"nuget: {again}\"")).Outputs);
        var error = await _notebook.Fail("//\n#r \"nuget: newtonsoft.json, 13.0.4\"");
        Assert.Equal(("newtonsoft.json 13.0.1 is already loaded: restart the kernel and ask for 13.0.4 first.", 2), (error.Message, error.Line));
        Assert.Equal("1", (await _notebook.Succeed("Newtonsoft.Json.JsonConvert.SerializeObject(1)")).PlainValue);
    }

    [Fact]
    public async Task A_range_is_told_what_it_came_to_and_two_versions_in_one_cell_are_refused()
    {
        Assert.Contains("is asked for twice", (await _notebook.Fail("#r \"nuget: Newtonsoft.Json, 13.0.1\"\n#r \"nuget: Newtonsoft.Json, 13.0.4\"")).Message, StringComparison.Ordinal);
        Assert.Equal(["Newtonsoft.Json 13.0.1 was installed."], Displayed(await _notebook.Succeed("#r \"nuget: Newtonsoft.Json, [12.0.99,13.0.4)\"")));
    }

    [Fact]
    public async Task A_version_that_another_package_has_brought_is_not_silently_kept()
    {
        // It brings Newtonsoft.Json 12.0.3 and FSharp.Core 4.7.2.
        Assert.Empty((await _notebook.Succeed("#r \"nuget: XPlot.Plotly, 4.1.0\"")).Outputs);
        Assert.Equal("1", (await _notebook.Succeed("#r \"nuget: Newtonsoft.Json, 12.0.3\"\nNewtonsoft.Json.JsonConvert.SerializeObject(1)")).PlainValue);
        Assert.Contains("Newtonsoft.Json 12.0.3 is already loaded", (await _notebook.Fail("#r \"nuget: Newtonsoft.Json, 13.0.4\"")).Message, StringComparison.Ordinal);
        Assert.StartsWith("FSharp.Core 4.7.2 is already loaded and stays", Assert.Single(Displayed(await _notebook.Succeed("#r \"nuget: DynamicObj, 7.0.1\""))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_version_of_a_library_does_not_meet_the_kernels()
    {
        var cell = await _notebook.Succeed("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nNewtonsoft.Json.JsonConvert.SerializeObject(new { a = 1 })");
        Assert.Equal("""{"a":1}""", cell.PlainValue);
    }

    [Theory]
    [InlineData("#r \"nope/missing.dll\"", "there is no file")]
    [InlineData("#r \"text.dll\"", "is not a .NET assembly")]
    [InlineData("#r \"nuget: This.Package.Does.Not.Exist.Anywhere, 1.2.3\"", "There is no NuGet package This.Package.Does.Not.Exist.Anywhere")]
    [InlineData("#r \"nuget: <bad>, 1\"", "write #r \"nuget: Name, 1.2.3\"")]
    public async Task A_reference_that_cannot_be_had_says_so_in_one_line(string directive, string part)
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "text.dll"), "text", TestContext.Current.CancellationToken);
        var error = await _notebook.Fail("// first line\n" + directive);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(2, error.Line);
        Assert.Equal("2", (await _notebook.Succeed("1 + 1")).PlainValue);
    }

    [Theory]
    [InlineData("a.csproj : error NU1102: Unable to find package Markdig with version (>= 99.0.0)\n  - Found 3 version(s)", "NuGet package Markdig has no such version (NU1102).")]
    [InlineData("x : error NU1301: Unable to load the service index for source https://feed/v3/index.json. [/tmp/x.csproj]", "NuGet could not be reached to restore Markdig 99.0.0: check the network, or use a package restored before (NU1301).")]
    public void The_log_of_a_restore_becomes_one_line(string log, string line) =>
        Assert.Equal(line, PackageRestore.Explain(log, [new Package("Markdig", "99.0.0")]));

    private static IEnumerable<string?> Displayed(ShownCell cell) =>
        cell.Outputs.OfType<ConcurrencyLab.Kernel.Output.DisplayOutput>().Select(output => (string?)output.Data["text/plain"]);

    private static string Lab() => Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab");
}
