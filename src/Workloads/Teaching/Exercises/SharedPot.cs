namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 09, in Python: first ask, then act, and no other thread between the two.</summary>
    public static PythonExercise SharedPot { get; } = new(
        "09-3",
        "shared_pot",
        "The GIL may change hands between any two bytecodes, so also between the question and the brewing. Make one threading.Lock() beside the pot, not in pour, where each call would have its own; with lock: around both gives it back even when brew throws.",
        """
        #!python
        from threading import Lock


        def shared_pot(brew):
            pot, lock = [], Lock()

            def pour():
                with lock:
                    if not pot:
                        pot.append(brew())
                return pot[0]

            return pour

        #!csharp
        await Exercises.SharedPot.Check()
        """);
}
