namespace ConcurrencyLab.Kernel.Language;

/// <summary>A proposal to complete what is being typed.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">What it is: <c>method</c>, <c>property</c>, <c>class</c>, <c>keyword</c>, ...</param>
/// <param name="Signature">How it is declared; empty where it was not looked up.</param>
internal sealed record Completion(string Text, string Kind, string Signature);

/// <summary>What could stand at a place.</summary>
/// <param name="Start">UTF-16 index where the text begins that a proposal replaces.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">The proposals, best first.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);
