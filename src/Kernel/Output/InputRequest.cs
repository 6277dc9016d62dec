namespace ConcurrencyLab.Kernel.Output;

/// <summary>A cell's question to the person in front of the notebook.</summary>
/// <param name="Prompt">Text beside the box; may be empty.</param>
/// <param name="IsPassword">True when the answer must not be seen.</param>
public sealed record InputRequest(string Prompt, bool IsPassword);
