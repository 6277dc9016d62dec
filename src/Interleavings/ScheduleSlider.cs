using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Stepping forward and back in plotly.js with nothing but a layout: the slider moves the upper edge of a veil that covers
/// the steps to come. Animation frames would need a renderer that reads them, and not every notebook's does.
/// </summary>
internal static class ScheduleSlider
{
    private const int Height = 74;

    public static void Add(JsonObject chart, int rows, int skipped, int headerNotes)
    {
        var layout = chart["layout"]!.AsObject();
        Undercover(chart, layout, headerNotes);
        if (rows > 0)
        {
            var end = layout["yaxis"]!["range"]![0]!.GetValue<double>();
            layout["shapes"] = new JsonArray(new JsonObject
            {
                ["type"] = "rect",
                ["layer"] = "above",
                ["xref"] = "paper",
                ["x0"] = 0,
                ["x1"] = 1,
                ["yref"] = "y",
                ["y0"] = end,
                ["y1"] = end,
                ["fillcolor"] = "rgba(255,255,255,0.9)",
                ["line"] = new JsonObject { ["width"] = 0 },
            });
            layout["sliders"] = new JsonArray(new JsonObject
            {
                ["active"] = rows,
                ["x"] = 0,
                ["len"] = 1,
                ["y"] = 0,
                ["yanchor"] = "top",
                ["pad"] = new JsonObject { ["t"] = 6, ["l"] = 10, ["r"] = 10 },
                ["currentvalue"] = new JsonObject { ["prefix"] = "after step ", ["font"] = new JsonObject { ["size"] = Sizes.Annotation } },
                ["font"] = new JsonObject { ["size"] = Sizes.Inside },
                ["steps"] = new JsonArray([.. Enumerable.Range(0, rows + 1).Select(row => Step(row, row == rows ? end : row + 0.5, skipped))]),
            });
            layout["height"] = layout["height"]!.GetValue<int>() + Height;
            var margin = layout["margin"]!.AsObject();
            margin["b"] = (margin["b"]?.GetValue<int>() ?? 0) + Height;
        }

        layout["dragmode"] = false;
        layout["xaxis"]!["fixedrange"] = true;
        layout["yaxis"]!["fixedrange"] = true;
    }

    private static JsonObject Step(int row, double edge, int skipped) => new JsonObject
    {
        ["label"] = (skipped + row).ToString(CultureInfo.InvariantCulture),
        ["method"] = "relayout",
        ["args"] = new JsonArray(new JsonObject { ["shapes[0].y0"] = edge }),
    };

    /// <summary>Annotations lie above every shape; as text of a trace, values can be covered.</summary>
    private static void Undercover(JsonObject chart, JsonObject layout, int headerNotes)
    {
        var notes = layout["annotations"]!.AsArray();
        JsonArray x = [], y = [], text = [];
        while (notes.Count > headerNotes)
        {
            var note = notes[headerNotes]!;
            x.Add(note["x"]!.DeepClone());
            y.Add(note["y"]!.DeepClone());
            text.Add(note["text"]!.DeepClone());
            notes.RemoveAt(headerNotes);
        }

        chart["data"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "text",
            ["x"] = x,
            ["y"] = y,
            ["text"] = text,
            ["textposition"] = "middle right",
            ["textfont"] = new JsonObject { ["size"] = Sizes.Annotation, ["color"] = PageColors.Text },
            ["hoverinfo"] = "skip",
            ["showlegend"] = false,
            ["cliponaxis"] = false,
        });
    }
}
