namespace ConcurrencyLab.Lab.Files;

/// <summary>Something that the user gave cannot be used. Its message is one line that says what and how to mend it.</summary>
public sealed class InputException(string message, Exception? cause = null) : Exception(message, cause);
