using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>A process that is a Jupyter kernel and nothing else.</summary>
public static class JupyterKernel
{
    /// <summary>
    /// After so long without a request somebody is reading or typing, and will soon ask for completions. A notebook that is
    /// only run never pauses that long between its cells.
    /// </summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(3);

    /// <summary>How long code may take that runs at the end of the process: longer than the kernel's and the library's own, which removes files and ends processes.</summary>
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(12);

    /// <summary>Serves a front end until it says shutdown or goes away.</summary>
    /// <param name="connectionFile">The file in which the front end says where it waits.</param>
    /// <returns>Never: the process ends with exit code 0, or 2 when the connection file, or an address in it, cannot be used.</returns>
    public static int Run(string connectionFile) => Exit(Serve(connectionFile));

    private static int Serve(string connectionFile)
    {
        // The real one: from the first cell on the console belongs to the notebook.
        var error = Console.Error;
        void Log(string line) => error.WriteLine($"lab kernel: {line}");
        Connection connection;
        try
        {
            connection = Connection.Read(connectionFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            Log(exception.Message);
            return 2;
        }

        ShellChannel? shell = null;
        ConsoleCapture.AdoptsStrays = true;
        var session = new CSharpSession(new SessionOptions
        {
            WorkingFolder = Environment.CurrentDirectory,
            ReadInput = (question, cancel) => shell!.ReadInputAsync(question, cancel),
        });
        // However the process ends, what cells declared with "using" is disposed of.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        // Started before the sockets are up: the compiler is loaded while the front end still shakes hands.
        KernelThread.Start("warm-up", session.WarmUp);

        using var channels = TryOpen(connection, Log);
        if (channels is null) return 2;
        var assistant = new CodeAssistant(session.Chain, log: Log, askPython: session.Python.AskIdle);
        shell = new ShellChannel(channels, session, assistant);
        using var ended = new ManualResetEventSlim();
        ReportStrays(shell);
        PoolGuard.Start(line => shell.Tell($"[{line}]\n"));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            shell.Interrupt();
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ended.Set();
        });
        FrontEnd.WhenGone(() => Exit(0));

        channels.Start();
        channels.Publish(Message.New("status", new() { ["execution_state"] = "starting" }));
        KernelThread.Start("shell", () => ServeShell(channels, shell, session, assistant, Log));
        KernelThread.Start("control", () => ServeControl(channels, shell, ended, Log));
        ended.Wait();
        return 0;
    }

    private static Channels? TryOpen(Connection connection, Action<string> log)
    {
        try
        {
            return new Channels(connection, log);
        }
        catch (IOException exception)
        {
            log(exception.Message);
            return null;
        }
    }

    /// <summary>Ends the process, whatever its cells have left behind: threads in the foreground, or code that runs at its end and does not end itself.</summary>
    private static int Exit(int code)
    {
        KernelThread.Start("exit", () =>
        {
            Thread.Sleep(ExitTimeout);
            Process.GetCurrentProcess().Kill();
        });
        Environment.Exit(code);
        return code;
    }

    private static void ServeShell(Channels channels, ShellChannel shell, CSharpSession session, CodeAssistant assistant, Action<string> log)
    {
        while (true)
        {
            var request = Next();
            var queued = 0;
            Serve(request, () => queued = shell.Serve(request));
            // After an error the cells that were queued behind it are not run: they would work on a broken state.
            for (; queued > 0 && channels.Shell.TryTake(out var next); queued--)
            {
                Serve(next, () =>
                {
                    if (next.Type == "execute_request") shell.Abort(next);
                    else shell.Serve(next);
                });
            }
        }

        void Serve(Message request, Action serve) => Answer(request, channels.Publish, channels.ReplyOnShell, log, serve);

        Message Next()
        {
            if (channels.Shell.TryTake(out var next)) return next;
            Prepare(session.PrepareNext);
            if (channels.Shell.TryTake(out next, IdleTime)) return next;
            Prepare(assistant.Load);
            return channels.Shell.Take();
        }

        void Prepare(Action prepare)
        {
            try
            {
                prepare();
            }
            catch (Exception fault)
            {
                log($"{prepare.Method.Name} failed: {fault}");
            }
        }
    }

    private static void ServeControl(Channels channels, ShellChannel shell, ManualResetEventSlim ended, Action<string> log)
    {
        foreach (var (request, reply) in channels.Control.GetConsumingEnumerable())
        {
            Answer(request, channels.Publish, reply, log, () =>
            {
                if (request.Type is "interrupt_request" or "shutdown_request") shell.Interrupt();
                JsonObject? content = request.Type switch
                {
                    "interrupt_request" => new() { ["status"] = "ok" },
                    "shutdown_request" => new() { ["status"] = "ok", ["restart"] = request.Value("restart", otherwise: false) },
                    "kernel_info_request" => KernelInfo.Content(),
                    _ => null,
                };
                if (content is not null) reply(request.Reply(content));
            });
            if (request.Type == "shutdown_request") ended.Set();
        }
    }

    /// <summary>Serves a request between "busy" and "idle"; whatever it brings, it is answered, and the next one is served.</summary>
    internal static void Answer(Message request, Action<Message> publish, Action<Message> reply, Action<string> log, Action serve)
    {
        publish(request.Answer("status", new() { ["execution_state"] = "busy" }));
        try
        {
            serve();
        }
        catch (Exception fault)
        {
            var error = KernelErrors.Describe(fault);
            log($"{request.Type} failed: {string.Join('\n', error.Traceback)}");
            if (request.Type == "execute_request") publish(request.Answer("error", OutputPublisher.Error(error)));
            var content = OutputPublisher.Error(error);
            content["status"] = "error";
            reply(request.Reply(content));
        }
        finally
        {
            publish(request.Answer("status", new() { ["execution_state"] = "idle" }));
        }
    }

    /// <summary>Exceptions that no cell catches are told below the latest cell instead of ending the kernel.</summary>
    private static void ReportStrays(ShellChannel shell)
    {
        void Report(string where, Exception exception)
        {
            shell.Tell($"[{where}]\n{string.Join('\n', UserErrors.Describe(exception, 0, new CellSources()).Traceback)}\n");
        }

        ExceptionHandling.SetUnhandledExceptionHandler(exception =>
        {
            if (exception is not CellInterruptedException) Report("an exception ended a thread that a cell started", exception);
            return true;
        });
        TaskScheduler.UnobservedTaskException += (_, unobserved) =>
        {
            if (!CellInterruptedException.IsAllOf(unobserved.Exception)) Report("a task failed and was not awaited", unobserved.Exception);
            unobserved.SetObserved();
        };
    }
}
