using static ConcurrencyLab.Tests.SmallCell;

namespace ConcurrencyLab.Tests;

/// <summary>
/// The table of small cells: what is asked, why the answers differ if they do, the cells, what the lab's own engine answers, and
/// what .NET Interactive answers. They are run from top to bottom in one session, and see what those above have declared.
/// </summary>
internal static partial class SmallCells
{
    /// <summary>Cells that bring their packages, or need none.</summary>
    public static IReadOnlyList<SmallCell> Plain => [.. Values, .. Languages, .. References, .. Mistakes];

    /// <summary>Cells whose packages are fetched.</summary>
    public static IReadOnlyList<SmallCell> Packages { get; } =
    [
        Differs("a chart of Plotly.NET.Interactive", "the same chart; theirs tells of the packages, too",
            """
            #r "nuget: Plotly.NET.Interactive, 6.0.0"
            ---
            Plotly.NET.GenericChart.ofTraceObject(true, new Plotly.NET.Trace2D("scatter")).Display("text/html");
            """,
            "shown text/html: var renderPlotly_# = function() { var fsharpPlotlyRequire = requirejs.config({context:'fsharp-plotly',paths:{plotly:'htt…",
            """
            shown text/html: Installed Packages Plotly.NET.Interactive, 6.0.0
            shown text/html: var renderPlotly_# = function() { var fsharpPlotlyRequire = requirejs.config({context:'fsharp-plotly',paths:{plotly:'htt…
            """),
    ];

    /// <summary>Values, and how they are shown.</summary>
    private static IReadOnlyList<SmallCell> Values { get; } =
    [
        Differs("variables, listed", "ours are plain text, which a notebook that nobody trusts shows too",
            """
            var cups = 20;
            var name = "Ada";
            ---
            #!who
            ---
            #!whos
            """,
            """
            shown text/plain: cups name
            shown text/plain: Variable Type Value cups Int32 20 name String Ada
            """,
            """
            shown text/html: [ cups , name ]
            shown text/html: Variable Type Value cups System.Int32 20 name System.String Ada
            """),
        Differs("a number", "ours needs no formatter, and shows where HTML is blank",
            "6 * 7",
            "value text/plain: 42",
            "value text/html: 42"),
        Same("a text",
            "\"a cup\"",
            "value text/plain: a cup"),
        Same("nothing",
            "cups = 21;",
            ""),
        Differs("null", "theirs has no text beside the HTML, and warns of a nullable annotation that it accepts",
            "(string?)null",
            "value text/html + text/plain: <null>",
            """
            err: (1,8): warning CS8632: The annotation for nullable reference types should only be used in code within a '#nullable' anno…
            value text/html: &lt;null&gt;
            """),
        Differs("a list", "theirs has no text beside the HTML",
            "new[] { 1, 2, 3 }",
            "value text/html + text/plain: [ 1, 2, 3 ]",
            "value text/html: [ 1, 2, 3 ]"),
        Differs("a record", "theirs has no text beside the HTML",
            """
            record Order(int Number, string Name);
            new Order(1, "latte")
            """,
            "value text/html + text/plain: Order Number: 1 Name: latte",
            "value text/html: Order { Number = 1, Name = latte } Number 1 Name latte"),
        Differs("a lazy sequence, read", "theirs has no text beside the HTML",
            """
            var reads = 0;
            Enumerable.Range(0, 3).Select(i => { reads++; return i; })
            ---
            reads.ToString()
            """,
            """
            value text/html + text/plain: [ 0, 1, 2 ]
            value text/plain: 3
            """,
            """
            value text/html: [ 0, 1, 2 ]
            value text/plain: 3
            """),
        Differs("a task, not awaited", "ours says what was forgotten instead of listing the task",
            "Task.FromResult(42)",
            "value text/html + text/plain: Task: RanToCompletion, result 42. Put await before it to get the result.",
            """
            err: (1,1): warning CS4014: Because this call is not awaited, execution of the current method continues before the call is co…
            value text/html: System.Threading.Tasks.Task`1[System.Int32] Id 1 Exception &lt;null&gt; Status RanToCompletion IsCanceled False IsComple…
            """),
        Same("a task, awaited",
            "(await Task.FromResult(42)).ToString()",
            "value text/plain: 42"),
        Same("display",
            """display("a cup")""",
            "shown text/plain: a cup"),
        Same("Display",
            "\"a cup\".Display();",
            "shown text/plain: a cup"),
        Same("Display and a value",
            """
            1.Display("text/plain");
            "two"
            """,
            """
            shown text/plain: 1
            value text/plain: two
            """),
        Differs("a display, updated", "theirs names the display otherwise than its update, a fault that stays",
            """
            var shown = display("one");
            shown.Update("two");
            """,
            "shown text/plain: two",
            """
            shown text/plain: one
            update of nothing that is shown text/plain: two
            """),
        Same("DisplayAs",
            "\"**two**\".DisplayAs(\"text/markdown\");",
            "shown text/markdown: **two**"),
        Differs("DisplayTable", "ours is a table and its text, as every table; theirs is the table and its CSV",
            "new[] { (1, 2) }.DisplayTable();",
            "shown text/html + text/plain: TabularDataResource Profile: tabular-data-resource Schema: TableSchema PrimaryKey: [ ] Fields: TableDataFieldDescriptors…",
            "shown text/csv + text/html: Item1 Item2 1 2"),
        Differs("CSS", "ours is a style sheet, theirs a script that adds it, which an untrusted notebook drops",
            """CSS("b { color: red }");""",
            "shown text/html: ",
            "shown text/html: var css = `b { color: red }`, head = document.head || document.getElementsByTagName('head')[0], style = document.createE…"),
        Differs("#load", "one word for it is enough: #!import, which both know",
            """
            #load "../tests/Interactive.Tests/imported.csx"
            imported.ToString()
            """,
            """error in line 1: There is no #load here: write #!import "file" on a line of its own.""",
            "value text/plain: 20"),
        Differs("HTML", "theirs has no text beside the HTML",
            """HTML("<b>a cup</b>")""",
            "value text/html + text/plain: <b>a cup</b>",
            "value text/html: a cup"),
        Differs("Javascript", "ours is a script, theirs HTML with a script in it",
            """Javascript("alert(1)");""",
            "shown application/javascript: alert(1)",
            "shown text/html: alert(1)"),
        Same("the console",
            """
            Console.WriteLine("served");
            Console.Error.WriteLine("spilled");
            """,
            """
            out: served
            err: spilled
            """),
        Same("the console of another thread",
            """await Task.Run(() => Console.WriteLine("served"));""",
            "out: served"),
    ];
}
