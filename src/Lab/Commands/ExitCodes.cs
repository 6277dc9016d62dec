namespace ConcurrencyLab.Lab.Commands;

/// <summary>What the lab's exit codes mean.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>A cell failed, a check found something untrue, or chapters need something that is missing.</summary>
    public const int Failed = 1;

    /// <summary>Something that was given, or a folder to write to, cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Ended by Ctrl-C or a request to terminate, as shells count it.</summary>
    public const int Stopped = 130;
}
