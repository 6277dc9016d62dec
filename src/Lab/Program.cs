using ConcurrencyLab.Kernel.Jupyter;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Commands;

// A front end waits for its kernel: nothing else of this program is loaded on the way there.
if (args is ["kernel", var connectionFile]) return JupyterKernel.Run(connectionFile);

return await LabCommand.RunAsync(args, async options =>
{
    var session = new CSharpSession(options);
    // The compiler is loaded before the first cell, so that its time counts as the learner's code alone.
    await session.WarmUpAsync();
    return session;
});
