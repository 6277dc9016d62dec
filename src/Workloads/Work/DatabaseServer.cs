using Microsoft.Data.Sqlite;

namespace ConcurrencyLab;

/// <summary>
/// A database in a process of its own, as PostgreSQL or MySQL are: the query of <see cref="Database"/>, but it computes over
/// there, and here it is waited for. It is SQLite behind a pipe, one query at a time.
/// <code>
/// using var server = DatabaseServer.Start();
/// server.Query(1)     // this process waits; that one computes
/// </code>
/// </summary>
public sealed class DatabaseServer : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WorkerProcess _server;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _file;
    private WorkerJob? _job = WorkerJob.For((Func<Question, Sales>)Answer);

    private DatabaseServer(int rows)
    {
        try
        {
            _file = SqliteDatabase.Fill(_folder, rows).DataSource;
            _server = WorkerProcess.Start();
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes the table and starts the process; both go with <see cref="Dispose"/>.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million.</param>
    public static DatabaseServer Start(int rows = 200_000) => new(Database.CheckedRows(rows));

    /// <summary>Sums the orders of a customer over there, holding the calling thread all the while.</summary>
    /// <exception cref="WorkerEndedException">The server's process is gone.</exception>
    public Sales Query(int customer)
    {
        using var span = Spans.Item(customer);
        return AskAsync(customer, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Sums the orders of a customer over there.</summary>
    /// <exception cref="WorkerEndedException">The server's process is gone.</exception>
    public Task<Sales> QueryAsync(int customer, CancellationToken cancellationToken = default) =>
        Spans.ItemAsync(customer, customer => AskAsync(customer, cancellationToken));

    /// <summary>Ends the process and removes the table.</summary>
    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
        _turn.Dispose();
    }

    /// <summary>What the other process does.</summary>
    internal static Sales Answer(Question question)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = question.File, Mode = SqliteOpenMode.ReadOnly };
        return SqliteDatabase.Sum(file.ConnectionString, question.Customer);
    }

    private async Task<Sales> AskAsync(int customer, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var question = System.Text.Json.JsonSerializer.SerializeToElement(new Question(_file, customer));
            // Not to be left half way: the next query would read this one's answer.
            var reply = await _server.AskAsync(new WorkerRequest(_job, question)).ConfigureAwait(false);
            _job = null;
            return reply.Error is null
                ? System.Text.Json.JsonSerializer.Deserialize<Sales>(reply.Result!.Value)!
                : throw new InvalidOperationException(reply.Error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What is asked: which table, which customer.</summary>
    internal sealed record Question(string File, int Customer);
}
