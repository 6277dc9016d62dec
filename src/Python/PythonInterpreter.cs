using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.LivePython;

/// <summary>One CPython that lives beside the notebook, with its keeper; docs/python.md has what is said between the processes.</summary>
internal sealed partial class PythonInterpreter : IDisposable
{
    private const int Kill = 9;
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _keeper;
    private readonly string _temporary;
    private readonly Action<JsonObject> _background;
    private readonly BlockingCollection<JsonObject> _messages = [];
    private readonly Thread _listener;
    private readonly StringBuilder _said = new();

    private PythonInterpreter(Process keeper, string temporary, Action<JsonObject> background)
    {
        (_keeper, _temporary, _background) = (keeper, temporary, background);
        keeper.ErrorDataReceived += (_, line) => _said.AppendLine(line.Data);
        keeper.BeginErrorReadLine();
        // A thread of its own: cells may use up the pool, and what is printed must still arrive.
        _listener = new Thread(Listen) { IsBackground = true, Name = "lab python" };
        _listener.UnsafeStart();
    }

    /// <summary>What it says of itself: version, executable, process, gil; null when it could not be started.</summary>
    public JsonObject? Hello { get; private set; }

    /// <summary>Why there is no <see cref="Hello"/>, as the rest of a sentence about the program.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>False once it is gone.</summary>
    public bool IsAlive { get => Volatile.Read(ref _isAlive); private set => Volatile.Write(ref _isAlive, value); }

    private bool _isAlive = true;

    /// <summary>Starts a Python and waits until it has answered, or refused.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="folder">The notebook's.</param>
    /// <param name="background">Receives what is printed while nothing is asked.</param>
    public static PythonInterpreter? Start(string program, string folder, Action<JsonObject> background)
    {
        var side = Path.Combine(Path.GetDirectoryName(typeof(PythonInterpreter).Assembly.Location)!, "python");
        var temporary = Directory.CreateTempSubdirectory("lab-python-").FullName;
        var start = new ProcessStartInfo(program, ["-B", "-X", "utf8", Path.Combine(side, "start.py"), folder, temporary])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        // So that an interpreter within that process, which has a path of its own, finds the cells as well.
        start.Environment["PYTHONPATH"] = string.Join(Path.PathSeparator, new[] { temporary, side, Environment.GetEnvironmentVariable("PYTHONPATH") }.Where(path => path is { Length: > 0 }));
        try
        {
            var live = new PythonInterpreter(Process.Start(start)!, temporary, background);
            live.Greet();
            return live;
        }
        catch (Exception cannot) when (cannot is System.ComponentModel.Win32Exception or IOException)
        {
            Directory.Delete(temporary);
            return null;
        }
    }

    /// <summary>Sends a line.</summary>
    public void Send(string line)
    {
        try
        {
            lock (_keeper)
            {
                _keeper.StandardInput.Write(line + "\n");
                _keeper.StandardInput.Flush();
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Its end is the next thing that is read.
        }
    }

    /// <summary>The next message.</summary>
    /// <returns>False when none comes in this time, or none will.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool TryNext(out JsonObject message, TimeSpan wait, CancellationToken cancel = default) => _messages.TryTake(out message!, (int)wait.TotalMilliseconds, cancel);

    /// <summary>Whether requests are answered; between them what arrives is background.</summary>
    public bool IsAsked { get => Volatile.Read(ref _isAsked); set => Volatile.Write(ref _isAsked, value); }

    private bool _isAsked;

    /// <summary>Ends it with everything that it has started.</summary>
    public void Dispose()
    {
        IsAlive = false;
        try
        {
            lock (_keeper) _keeper.StandardInput.Close();
            if (!_keeper.WaitForExit(ExitTimeout)) _keeper.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            // It has ended by itself.
        }

        _listener.Join(ExitTimeout);
    }

    private void Greet()
    {
        IsAsked = true;
        TryNext(out var first, Timeout.InfiniteTimeSpan);
        IsAsked = false;
        Hello = first?["hello"]?.AsObject();
        if (Hello is not null) return;
        Dispose();
        var last = _said.ToString().Trim().Split('\n')[^1].Trim();
        Refusal = first?["refused"]?.GetValue<string>() ?? $"does not start{(last.Length > 0 ? ": " + last : "")}";
    }

    private void Listen()
    {
        var hasEnded = false;
        try
        {
            while (_keeper.StandardOutput.ReadLine() is { } line)
            {
                var message = JsonNode.Parse(line)!.AsObject();
                if (message.ContainsKey("ended"))
                {
                    hasEnded = true;
                    IsAlive = false;
                }

                if (message.ContainsKey("stream") && !IsAsked) _background(message);
                else _messages.Add(message);
            }
        }
        catch (Exception broken) when (broken is IOException or JsonException or ObjectDisposedException)
        {
            // As if it had ended.
        }

        IsAlive = false;
        if (!hasEnded) EndWithoutKeeper();
        _messages.CompleteAdding();
    }

    private void EndWithoutKeeper()
    {
        if (Hello?["process"]?.GetValue<int>() is { } leader) _ = Signal(-leader, Kill);
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (IOException)
        {
            // It is gone, or somebody still writes there; the system clears its temporary folder.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
