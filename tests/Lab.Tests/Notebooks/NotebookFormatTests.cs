using System.Text;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Notebooks;

public sealed class NotebookFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Written by nbformat 5 itself: floats, escapes, text outside of ASCII, empty containers, a PNG in one line.
    private const string WrittenByPython = """"
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {
            "custom": {
             "b": [],
             "a": {}
            }
           },
           "source": [
            "# Überschrift 😀\n",
            "text"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "code-1",
           "metadata": {},
           "outputs": [
            {
             "data": {
              "application/json": {
               "large": 1e+16,
               "small": 1e-07,
               "tenth": 0.1,
               "thousand": 1000.0,
               "whole": 3
              },
              "image/png": "iVBORw0KGgo=\n",
              "text/plain": [
               "a\t\"b\"\\\u0001"
              ]
             },
             "execution_count": 1,
             "metadata": {},
             "output_type": "execute_result"
            }
           ],
           "source": []
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """";

    [Fact]
    public void A_notebook_written_by_nbformat_is_written_back_byte_for_byte()
    {
        // Our keys are sorted as Python sorts them, so this one pair is the only thing to put right in the sample.
        var sample = WrittenByPython.ReplaceLineEndings("\n").Replace("\"b\": [],\n     \"a\": {}", "\"a\": {},\n     \"b\": []", StringComparison.Ordinal);

        Assert.Equal(sample, Notebook.Parse(Encoding.UTF8.GetBytes(sample), "sample.ipynb").ToJson());
        Assert.NotEqual(WrittenByPython, sample);
    }

    [Theory]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1E+16", "1e+16")]
    [InlineData("-12345678901234567.0", "-1.2345678901234568e+16")]
    [InlineData("1E+17", "1e+17")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-2.50", "-2.5")]
    [InlineData("1.5E-10", "1.5e-10")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("0.0", "0.0")]
    public void Numbers_look_as_Python_writes_them(string read, string written) =>
        Assert.Equal(written, NotebookJson.Write(JsonNode.Parse(read)));

    [Fact]
    public void Cells_are_numbered_as_front_ends_number_them_and_blank_ones_are_left_out()
    {
        var notebook = Read(NotebookText.Of(("code", "1"), ("markdown", "text"), ("code", "  \n"), ("code", "2")));

        Assert.Equal([1, 0, 0, 2], notebook.Cells.Select(cell => cell.Number));
    }

    [Fact]
    public void Cells_without_an_id_get_one_and_the_others_keep_theirs()
    {
        var notebook = Read("""{"cells":[{"cell_type":"code","source":"1"},{"cell_type":"code","source":"2","id":"mine"}],"metadata":{},"nbformat":4,"nbformat_minor":2}""");

        notebook.EnsureCellIds();

        Assert.Equal(["cell-1", "mine"], notebook.Cells.Select(cell => cell.Id));
        Assert.Contains("\"nbformat_minor\": 5", notebook.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_named_with_line_and_column()
    {
        var fault = Assert.Throws<InputException>(() => Read("{\n \"cells\": [,]\n}"));

        Assert.Contains("broken.ipynb: not JSON at line 2, column 12: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("[]", "its JSON is not an object")]
    [InlineData("null", "its JSON is not an object")]
    [InlineData("""{"name":"package","version":"1.0.0"}""", "it has no \"nbformat\"")]
    [InlineData("""{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""", "its format version is 3, the lab reads version 4")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5}""", "it has no list of \"cells\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[7]}""", "item 1 of its \"cells\" is not an object")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[{"cell_type":"code"}]}""", "item 1 of its \"cells\" has no \"source\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[{"cell_type":"code","source":"","outputs":[1]}]}""", "item 1 of its \"cells\" has \"outputs\"")]
    public void JSON_that_is_not_a_notebook_is_told_what_it_lacks(string json, string reason) =>
        Assert.Contains($"broken.ipynb: not a notebook: {reason}", Assert.Throws<InputException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_given_twice_is_a_fault_and_not_a_guess() =>
        Assert.Contains("not JSON", Assert.Throws<InputException>(() => Read("""{"cells":[],"cells":[]}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.EndsWith("none.ipynb: no such notebook", Assert.Throws<InputException>(() => Notebook.Read(_folder["none.ipynb"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_no_fault() =>
        Assert.Single(Notebook.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(NotebookText.OfCode("1"))], "x.ipynb").Cells);

    private Notebook Read(string text) => Notebook.Read(_folder.Write("broken.ipynb", text));
}
