using System.Text.Json.Serialization;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>How much what was found matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    /// <summary>It is there and works.</summary>
    Fine,

    /// <summary>It is missing or too old; the chapters run without it.</summary>
    Optional,

    /// <summary>It is missing or broken, and chapters do not run without it.</summary>
    Needed,
}

/// <summary>What the doctor says of one thing: a line.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Verdict">How much it matters.</param>
/// <param name="Seen">What was found.</param>
/// <param name="Remedy">What to do; null when nothing has to be done.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Seen, string? Remedy = null)
{
    public static Finding Fine(string subject, string seen) => new(subject, Verdict.Fine, seen);

    public static Finding Optional(string subject, string seen, string remedy) => new(subject, Verdict.Optional, seen, remedy);

    public static Finding Needed(string subject, string seen, string remedy) => new(subject, Verdict.Needed, seen, remedy);
}
