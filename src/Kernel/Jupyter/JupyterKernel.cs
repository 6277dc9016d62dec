using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Notebook;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>A process that is a Jupyter kernel and nothing else.</summary>
public static class JupyterKernel
{
    /// <summary>Serves a front end until it says shutdown or goes away.</summary>
    /// <param name="connectionFile">The file in which the front end says where it waits.</param>
    /// <returns>The process's exit code: 0, or 2 when the connection file cannot be used.</returns>
    public static int Run(string connectionFile)
    {
        // The real one: from the first cell on the console belongs to the notebook.
        var log = Console.Error;
        Connection connection;
        try
        {
            connection = Connection.Read(connectionFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            log.WriteLine($"lab kernel: {exception.Message}");
            return 2;
        }

        ShellChannel? shell = null;
        ConsoleCapture.AdoptsStrays = true;
        var session = new CSharpSession(new SessionOptions
        {
            WorkingFolder = Environment.CurrentDirectory,
            ReadInput = (question, cancel) => shell!.ReadInputAsync(question, cancel),
        });
        // Started before the sockets are up: the compiler is loaded while the front end still shakes hands.
        var warm = new Thread(() => session.WarmUp()) { IsBackground = true, Name = "warm-up" };
        warm.Start();

        using var channels = new Channels(connection, line => log.WriteLine($"lab kernel: {line}"));
        shell = new ShellChannel(channels, session, new CodeAssistant(session.Chain));
        using var ended = new ManualResetEventSlim();
        ReportStrays(channels, shell);
        PoolGuard.Start(line => Tell(channels, shell, $"[{line}]\n"));
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
        FrontEnd.WhenGone(() => Environment.Exit(0));

        channels.Start();
        channels.Publish(Message.New("status", new() { ["execution_state"] = "starting" }));
        new Thread(() => ServeShell(channels, shell, log)) { IsBackground = true, Name = "shell" }.Start();
        new Thread(() => ServeControl(channels, shell, ended)) { IsBackground = true, Name = "control" }.Start();
        ended.Wait();
        return 0;
    }

    private static void ServeShell(Channels channels, ShellChannel shell, TextWriter log)
    {
        foreach (var request in channels.Shell.GetConsumingEnumerable())
        {
            try
            {
                var waiting = 0;
                Busy(channels, request, () => waiting = shell.Serve(request));
                // After an error the cells that were queued behind it are not run: they would work on a broken state.
                for (; waiting > 0 && channels.Shell.TryTake(out var next); waiting--)
                    Busy(channels, next, () =>
                    {
                        if (next.Type == "execute_request") shell.Abort(next);
                        else shell.Serve(next);
                    });
            }
            catch (Exception exception)
            {
                // Whatever a message brings, the next one is served.
                log.WriteLine($"lab kernel: {request.Type} failed: {exception}");
            }
        }
    }

    private static void ServeControl(Channels channels, ShellChannel shell, ManualResetEventSlim ended)
    {
        foreach (var request in channels.Control.GetConsumingEnumerable())
        {
            Busy(channels, request, () =>
            {
                switch (request.Type)
                {
                    case "interrupt_request":
                        shell.Interrupt();
                        channels.ReplyOnControl(request.Answer("interrupt_reply", new() { ["status"] = "ok" }));
                        break;
                    case "shutdown_request":
                        channels.ReplyOnControl(request.Answer("shutdown_reply", new() { ["status"] = "ok", ["restart"] = request.Flag("restart", otherwise: false) }));
                        break;
                    case "kernel_info_request":
                        channels.ReplyOnControl(request.Answer("kernel_info_reply", KernelInfo.Content()));
                        break;
                    case "debug_request":
                        channels.ReplyOnControl(request.Answer("debug_reply", new()
                        {
                            ["type"] = "response",
                            ["request_seq"] = request.Number("seq", 0),
                            ["command"] = request.Text("command") ?? "",
                            ["success"] = false,
                            ["message"] = "This kernel has no debugger.",
                        }));
                        break;
                }
            });
            if (request.Type == "shutdown_request")
            {
                shell.Interrupt();
                ended.Set();
            }
        }
    }

    private static void Busy(Channels channels, Message request, Action serve)
    {
        channels.Publish(request.Answer("status", new() { ["execution_state"] = "busy" }));
        try
        {
            serve();
        }
        finally
        {
            channels.Publish(request.Answer("status", new() { ["execution_state"] = "idle" }));
        }
    }

    /// <summary>Exceptions that no cell catches are told to the latest cell instead of ending the kernel.</summary>
    private static void ReportStrays(Channels channels, ShellChannel shell)
    {
        void Report(string where, Exception exception)
        {
            if (CellInterruptedException.IsAllOf(exception)) return;
            var error = UserErrors.Describe(exception, 0, new CellSources());
            Tell(channels, shell, $"[{where}]\n{string.Join('\n', error.Traceback)}\n");
        }

        ExceptionHandling.SetUnhandledExceptionHandler(exception =>
        {
            Report("an exception ended a thread that a cell started", exception);
            return true;
        });
        TaskScheduler.UnobservedTaskException += (_, unobserved) =>
        {
            Report("a task failed and nobody awaited it", unobserved.Exception);
            unobserved.SetObserved();
        };
    }

    /// <summary>Says something below the latest cell.</summary>
    private static void Tell(Channels channels, ShellChannel shell, string text)
    {
        if (shell.Latest is { } latest) channels.Publish(latest.Answer("stream", new JsonObject { ["name"] = "stderr", ["text"] = text }));
    }
}
