using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Notebook;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>What <c>#!who</c>, <c>#!whos</c> and <c>#!about</c> show.</summary>
internal static class SessionFacts
{
    private const int MostCharacters = 60;

    /// <summary>The names of variables, or a table with types and values.</summary>
    public static JsonObject Variables(IReadOnlyList<(string Name, Type Type, object? Value)> variables, bool withValues)
    {
        if (variables.Count == 0) return MimeBundle.Text(MimeBundle.PlainText, "There are no variables yet.");
        return withValues
            ? Table(["Variable", "Type", "Value"], [.. variables.Select(variable => (string[])[variable.Name, NameOf(variable.Type), Brief(variable.Value)])])
            : MimeBundle.Text(MimeBundle.PlainText, string.Join('\n', variables.Select(variable => variable.Name)));
    }

    /// <summary>What kernel this is, and on what.</summary>
    public static JsonObject About() => Table(["C# (Concurrency Lab)", VersionOf(typeof(Globals).Assembly)],
    [
        [".NET", Environment.Version.ToString()],
        ["C# compiler", VersionOf(typeof(CSharpCompilation).Assembly)],
        ["System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"],
        ["Cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)],
    ]);

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    /// <summary>Without asking the value itself: its own code could take for ever.</summary>
    private static string Brief(object? value)
    {
        var text = value is null ? "null" : PlainValue.TextOf(value) ?? (value is Array or IList { IsFixedSize: false } ? $"{((ICollection)value).Count} items" : "");
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
    }

    // As text, which places show that draw no HTML: an untrusted notebook, for one.
    private static JsonObject Table(string[] head, string[][] rows)
    {
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Append(head).Max(row => row[column].Length)).ToList();
        string Line(string[] row) => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
        return MimeBundle.Text(MimeBundle.PlainText, string.Join('\n', rows.Prepend(head).Select(Line)));
    }
}
