namespace ConcurrencyLab.Lab.Files;

/// <summary>Something that the user gave cannot be used. Its message is one line that says what and how to mend it.</summary>
public sealed class InputException : Exception
{
    public InputException(string message) : base(message)
    {
    }

    public InputException(string message, Exception cause) : base(message, cause)
    {
    }
}
