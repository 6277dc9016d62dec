using static ConcurrencyLab.Tests.SmallCell;

namespace ConcurrencyLab.Tests;

internal static partial class SmallCells
{
    /// <summary>Magics, and what is written in another language.</summary>
    private static IReadOnlyList<SmallCell> Languages { get; } =
    [
        Same("#!time",
            """
            #!time
            "a cup"
            """,
            """
            value text/plain: a cup
            shown text/plain: Wall time: # ms
            """),
        Same("#!html",
            """
            #!html
            <b>a cup</b>
            """,
            "shown text/html: a cup"),
        Differs("#!javascript", "ours is a script, theirs HTML with a script in it",
            """
            #!javascript
            alert(1)
            """,
            "shown application/javascript: alert(1)",
            "shown text/html: alert(1)"),
        Same("#!markdown",
            """
            #!markdown
            **a cup**
            """,
            "shown text/markdown: **a cup**"),
        Same("#!mermaid",
            """
            #!mermaid
            graph TD
            """,
            "shown text/vnd.mermaid: graph TD"),
        Same("#!csharp after another language",
            """
            #!html
            <b>a</b>
            #!csharp
            "b"
            """,
            """
            shown text/html: a
            value text/plain: b
            """),
        Differs("#!value", "ours has no second language to hand a value to",
            """
            #!value --name menu
            latte,4
            """,
            """error in line 1: There is no #!value here: write var name = "..."; or var name = System.IO.File.ReadAllText("file");""",
            "shown text/plain: latte,4"),
        Differs("#!share", "ours shares with Python only",
            """
            #!share --from value menu
            menu
            """,
            "error in line 1: There is no language value here to take a value from; csharp and python there are.",
            "value text/plain: latte,4"),
        Same("#!set",
            """
            #!set --name paid --value @csharp:name
            ---
            paid
            """,
            "value text/plain: Ada"),
    ];

    /// <summary>What a cell brings in from elsewhere.</summary>
    private static IReadOnlyList<SmallCell> References { get; } =
    [
        Same("#!import",
            """
            #!import "../tests/Interactive.Tests/imported.csx"
            ---
            imported.ToString()
            """,
            "value text/plain: 20"),
        Differs("#!import of a notebook", "ours imports code, theirs prose as well",
            """
            #!import "../tests/Interactive.Tests/imported.ipynb"
            ---
            fromNotebook.ToString()
            """,
            "value text/plain: 21",
            """
            shown text/markdown: # Not code
            value text/plain: 21
            """),
        Same("#r of a file",
            """
            #r "../artifacts/lab/ConcurrencyLab.dll"
            typeof(ConcurrencyLab.Compare).Name
            """,
            "value text/plain: Compare"),
        Differs("#r of a file that is not there", "ours says where it looked",
            """
            #r "nowhere.dll"
            1
            """,
            """error in line 1: #r "nowhere.dll": there is no file /notebooks/nowhere.dll. Has it been built?""",
            "error in line 1: error CS0006: Metadata file 'nowhere.dll' could not be found"),
        Differs("#r of a package", "ours says something only where it is not literally what was asked for",
            """
            #r "nuget: Markdig, 1.6.0"
            Markdig.Markdown.ToHtml("*hot*")
            """,
            "value text/plain: <p><em>hot</em></p>",
            """
            shown text/html: Installed Packages Markdig, 1.6.0
            value text/plain: <p><em>hot</em></p>
            """),
    ];

    /// <summary>C# beyond expressions, mistakes and their places, questions.</summary>
    private static IReadOnlyList<SmallCell> Mistakes { get; } =
    [
        Differs("an unknown magic", "ours says which there are",
            """
            #!nothing
            1
            """,
            "error in line 1: There is no magic #!nothing here; this kernel knows #!time, #!import, #!share, #!set, #!who, #!whos, #!about, #!csharp, …",
            "error in line 1: error DNI101: Unknown magic command '#!nothing'"),
        Differs("a using declaration", "theirs has none, a syntax error",
            """
            using var reader = new System.IO.StringReader("a line");
            reader.ReadLine()
            """,
            "value text/plain: a line",
            "error in line 1: error CS1002: ; expected"),
        Same("a using declaration in a block",
            """{ using var reader = new System.IO.StringReader("a line"); reader.ReadLine().Display(); }""",
            "shown text/plain: a line"),
        Same("an extension method",
            """
            static int Twice(this int number) => 2 * number;
            ---
            21.Twice().ToString()
            """,
            "value text/plain: 42"),
        Same("a mistake that the compiler finds",
            """
            var orders = 20;
            var total = orders * baristas;
            ---
            (6 * 7).ToString()
            """,
            """
            error in line 2: error CS0103: The name 'baristas' does not exist in the current context
            value text/plain: 42
            """),
        Same("a mistake below a reference",
            """
            #r "../artifacts/lab/ConcurrencyLab.dll"

            nothing
            """,
            "error in line 3: error CS0103: The name 'nothing' does not exist in the current context"),
        Differs("an exception, and the variables after it", "theirs names no line of the cell",
            """
            cups = 22;
            throw new InvalidOperationException("spilled");
            ---
            cups.ToString()
            """,
            """
            error in line 2: spilled
            value text/plain: 22
            """,
            """
            error InvalidOperationException: spilled
            value text/plain: 22
            """),
        Differs("a cancelled token", "theirs names no line of the cell",
            """throw new OperationCanceledException("the customer went home");""",
            "error in line 1: the customer went home",
            "error OperationCanceledException: the customer went home"),
        Differs("a warning", "ours is text below the cell: stderr is drawn in red",
            """
            async Task Brew() => await Task.Yield();
            void Open() { Brew(); }
            """,
            "shown text/plain: cell #, line 2, column 15: warning CS4014: Because this call is not awaited, execution of the current method continues b…",
            "err: (2,15): warning CS4014: Because this call is not awaited, execution of the current method continues before the call is c…"),
        Differs("an unattended question", "theirs names no line of the cell",
            """input("How many?")""",
            "error in line 1: This cell asks for input, and the notebook runs unattended: run it in an editor, or set the value in the cell.",
            "error InvalidOperationException: This cell asks for input, and the notebook runs unattended: run it in an editor, or set the value in the cell."),
        Differs("an unattended question on the console", "theirs names no line of the cell",
            "Console.ReadLine()",
            "error in line 1: This cell asks for input, and the notebook runs unattended: run it in an editor, or set the value in the cell.",
            "error InvalidOperationException: This cell asks for input, and the notebook runs unattended: run it in an editor, or set the value in the cell."),
        Same("the stop button's token",
            """
            using Microsoft.DotNet.Interactive;
            KernelInvocationContext.Current.CancellationToken.CanBeCanceled.ToString()
            """,
            "value text/plain: True"),
        Same("a culture",
            """new System.Globalization.CultureInfo("de-DE").NumberFormat.NumberDecimalSeparator""",
            "value text/plain: ,"),
    ];
}
