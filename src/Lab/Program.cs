using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Commands;

return await LabCommand.RunAsync(args, async options =>
{
    var session = new CSharpSession(options);
    // The compiler is loaded before the first cell, so that its time counts as the reader's code alone.
    await session.WarmUpAsync();
    return session;
});
