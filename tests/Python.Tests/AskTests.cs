namespace ConcurrencyLab.Tests;

/// <summary>What code in other languages asks of a notebook's Python.</summary>
public class AskTests
{
    [AllTierFact]
    public void A_function_of_a_cell_is_called_and_measured()
    {
        using var notebook = new PythonNotebook();
        notebook.Value("import time\nfrom measured import span\ndef serve(orders):\n    began = time.perf_counter()\n    span('thread 1', 7, began, time.perf_counter())\n    return [orders, 'cups']\nasync def later(n):\n    return n");

        var reply = notebook.Ask("""{"request":"call","interpreter":null,"function":"serve","arguments":{"orders":8},"id":"Python"}""");

        Assert.Equal("[8,\"cups\"]", reply["answer"]!.ToJsonString());
        Assert.InRange((double)reply["wall"]!, 0, 60);
        Assert.InRange((double)reply["processor"]!, 0, 60);
        Assert.Equal("[\"thread 1\",\"7\"]", new System.Text.Json.Nodes.JsonArray([.. reply["spans"]![0]!.AsArray().Take(2).Select(part => part!.DeepClone())]).ToJsonString());
        Assert.Equal(5, (int)notebook.Ask("""{"request":"call","function":"later","arguments":{"n":5}}""")["answer"]!);
    }

    [AllTierTheory]
    [InlineData("nothing", "{}", "NameError: there is no function nothing; Python cells have defined fail, strange")]
    [InlineData("fail", "{}", "ZeroDivisionError: division by zero (cell 1, line 2)")]
    [InlineData("strange", "{}", "strange returned what does not cross to C#: a object has no JSON")]
    [InlineData("fail", "{\"wrong\":1}", "TypeError: fail() got an unexpected keyword argument 'wrong'; it is fail()")]
    public void What_goes_wrong_in_a_call_is_one_line(string function, string arguments, string error)
    {
        using var notebook = new PythonNotebook();
        notebook.Value("def fail():\n    1 / 0\ndef strange():\n    return object()");

        Assert.Equal(error, (string?)notebook.Ask($$"""{"request":"call","function":"{{function}}","arguments":{{arguments}}}""")["error"]);
    }

    [AllTierFact]
    public void Values_cross_by_name_both_ways()
    {
        using var notebook = new PythonNotebook();
        notebook.Value("from collections import namedtuple\nfrom dataclasses import dataclass\n@dataclass\nclass Cup:\n    size: int\nPoint = namedtuple('Point', 'x y')\ntable = [{'way': 'threads', 'seconds': 1.5}]\nmixed = [1, 'two', None, True, Cup(3), Point(1, 2), (4,)]\nlock = __import__('threading').Lock()\nnan = [float('nan')]\nloop = []\nloop.append(loop)");

        Assert.Equal("""{"value":[{"way":"threads","seconds":1.5}]}""", Get("table"));
        Assert.Equal("""{"value":[1,"two",null,true,{"size":3},{"x":1,"y":2},[4]]}""", Get("mixed"));
        Assert.Equal("{}", notebook.Ask("""{"request":"set","name":"back","value":[1,{"a":"b"}]}""").ToJsonString());
        Assert.Equal("[1, {'a': 'b'}]", notebook.Value("back"));
        Assert.Contains("The Python variable lock (lock) cannot cross: a lock has no JSON", Get("lock"), StringComparison.Ordinal);
        Assert.Contains("nan (list) cannot cross: JSON has no nan", Get("nan"), StringComparison.Ordinal);
        Assert.Contains("loop (list) cannot cross: it contains itself", Get("loop"), StringComparison.Ordinal);
        Assert.Contains("There is no Python variable nothing.", Get("nothing"), StringComparison.Ordinal);
        Assert.Contains("cannot be the name", notebook.Ask("""{"request":"set","name":"a b","value":1}""").ToJsonString(), StringComparison.Ordinal);

        string Get(string name) => notebook.Ask($$"""{"request":"get","name":"{{name}}"}""").ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
