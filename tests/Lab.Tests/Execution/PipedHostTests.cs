using System.IO.Pipes;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Kernel.Pipes;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Execution;

public sealed class PipedHostTests : IAsyncDisposable
{
    private readonly AnonymousPipeServerStream _toHost = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _fromHost = new(PipeDirection.In);
    private readonly TaskCompletionSource _parentGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeSession _session = new();
    private readonly List<Report> _reports = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly MessageWriter _requests;
    private readonly Task _host;
    private readonly Task _reading;

    public PipedHostTests()
    {
        _requests = new MessageWriter(_toHost);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _fromHost.ClientSafePipeHandle);
        var input = new AnonymousPipeClientStream(PipeDirection.In, _toHost.ClientSafePipeHandle);
        _host = Task.Run(async () =>
        {
            await using (output)
            await using (input)
                await new PipedHost(_ => Task.FromResult<ISession>(_session), _parentGone.SetResult).RunAsync(input, output);
        });
        _reading = new MessageReader(_fromHost).ReadToEndAsync<Report>(report =>
        {
            lock (_reports) _reports.Add(report);
            _arrived.Release();
        }, _ => { });
    }

    [Fact]
    public async Task A_cell_is_run_and_what_it_shows_comes_before_its_end()
    {
        _requests.Write<Request>(new Request.Open("/"));
        _requests.Write<Request>(new Request.Execute(1, "show"));

        Assert.IsType<Report.Ready>(await NextAsync(0));
        Assert.Equal(new StreamOutput(false, "shown"), Assert.IsType<Report.Shown>(await NextAsync(1)).Output);
        Assert.Equal((1, true), Assert.IsType<Report.Finished>(await NextAsync(2)) is var end ? (end.Number, end.Result.Succeeded) : default);
    }

    [Fact]
    public async Task A_running_cell_is_interrupted_and_the_next_one_is_not()
    {
        _requests.Write<Request>(new Request.Open("/"));
        _requests.Write<Request>(new Request.Execute(1, "wait"));
        await NextAsync(0);
        await _session.Waiting.Task.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken);

        _requests.Write<Request>(new Request.Interrupt());
        Assert.Equal("Interrupted", Assert.IsType<Report.Finished>(await NextAsync(1)).Result.Error!.Name);

        _requests.Write<Request>(new Request.Execute(2, "show"));
        await NextAsync(2);
        Assert.True(Assert.IsType<Report.Finished>(await NextAsync(3)).Result.Succeeded);
    }

    [Fact]
    public async Task The_end_of_the_requests_means_that_the_parent_is_gone_even_while_a_cell_runs()
    {
        _requests.Write<Request>(new Request.Open("/"));
        _requests.Write<Request>(new Request.Execute(1, "wait"));
        await _session.Waiting.Task.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken);

        await _toHost.DisposeAsync();

        await _parentGone.Task.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Closing_disposes_the_session_and_is_not_taken_for_a_death()
    {
        _requests.Write<Request>(new Request.Open("/"));
        _requests.Write<Request>(new Request.Close());

        await _host.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken);

        Assert.True(_session.IsDisposed);
        Assert.False(_parentGone.Task.IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Release();
        try
        {
            _requests.Write<Request>(new Request.Close());
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The test has ended it already.
        }
        await _toHost.DisposeAsync();
        if (!_parentGone.Task.IsCompleted) await Task.WhenAll(_host, _reading).WaitAsync(LabProgram.Longest);
        await _fromHost.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task<Report> NextAsync(int index)
    {
        while (true)
        {
            lock (_reports)
            {
                if (_reports.Count > index) return _reports[index];
            }
            Assert.True(await _arrived.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken), "no report arrives");
        }
    }

    private sealed class FakeSession : ISession
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsDisposed { get; private set; }

        public void Release() => _release.TrySetResult();

        public async Task<CellResult> ExecuteAsync(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default)
        {
            if (cell.Source == "show") show(new StreamOutput(false, "shown"));
            if (cell.Source == "wait")
            {
                Waiting.TrySetResult();
                var stopped = new TaskCompletionSource();
                await using var registration = interrupt.Register(stopped.SetResult);
                await Task.WhenAny(stopped.Task, _release.Task);
                if (interrupt.IsCancellationRequested) return new CellResult(new ErrorOutput("Interrupted", "stopped", []), TimeSpan.Zero);
            }
            return new CellResult(null, TimeSpan.Zero);
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
