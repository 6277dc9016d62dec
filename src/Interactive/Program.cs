using ConcurrencyLab.Interactive;
using ConcurrencyLab.Kernel.Jupyter;
using ConcurrencyLab.Kernel.Pipes;

// The two ways in which the lab's own program runs cells: for a front end, and for the runner of chapters.
switch (args)
{
    case ["kernel", var connectionFile]:
        return JupyterKernel.Run(connectionFile, static (options, _) => new InteractiveEngine(new InteractiveSession(options)));
    case [PipedHost.Verb]:
        await PipedHost.ServeAsync(static async options =>
        {
            var session = new InteractiveSession(options);
            // The compiler is loaded before the first cell, so that its time counts as the learner's code alone.
            await Task.Factory.StartNew(session.WarmUp, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return session;
        });
        return 0;
    default:
        Console.Error.WriteLine("This is .NET Interactive for 'lab run --engine dotnet-interactive' and 'lab install --engine dotnet-interactive'; it is not started by hand.");
        return 2;
}
