using System.Runtime.CompilerServices;
using ConcurrencyLab.Interleavings.Twins;

namespace ConcurrencyLab.Interleavings;

/// <summary>What must hold in code that <see cref="ConcurrentProgram.OfCode(string, Action, string, string, int)"/> explores. <code>Check.That(count == 2)</code></summary>
public static class Check
{
    /// <summary>Goes on when it holds; ends the run when it does not.</summary>
    /// <param name="holds">What must hold here.</param>
    /// <param name="text">How it is told; the expression itself when left out.</param>
    /// <exception cref="CheckFailedException">It does not hold.</exception>
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string text = "")
    {
        if (holds)
        {
            return;
        }

        var failed = new CheckFailedException(text);
        // Also where nobody awaits the task in which it is thrown.
        TwinRun.Current?.Builder.Fail(failed);
        throw failed;
    }
}

/// <summary>Something did not hold that <see cref="Check.That"/> was told must.</summary>
public sealed class CheckFailedException : Exception
{
    internal CheckFailedException(string text)
        : base($"\"{text}\" does not hold")
    {
    }
}
