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
    private readonly string _file;
    private readonly WorkerJob _job = WorkerJob.For((Func<Question, Sales>)Answer);

    private DatabaseServer(int rows)
    {
        try
        {
            _file = Database.Fill(_folder, rows).DataSource;
            _server = new WorkerProcess();
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes the table and starts the process; both go with <see cref="Dispose"/>.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table would have no row or too many.</exception>
    public static DatabaseServer Start(int rows = 200_000) => new(rows);

    /// <summary>Sums the orders of a customer over there, holding the calling thread all the while.</summary>
    /// <exception cref="WorkerEndedException">The server's process is gone.</exception>
    public Sales Query(int customer)
    {
        using var span = Spans.Item(customer);
        return _server.Ask(_job, new Question(_file, customer)).ResultAs<Sales>();
    }

    /// <summary>Ends the process and removes the table.</summary>
    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    /// <summary>What the other process does.</summary>
    internal static Sales Answer(Question question)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = question.File, Mode = SqliteOpenMode.ReadOnly };
        return Database.Sum(file.ConnectionString, question.Customer);
    }

    /// <summary>What is asked: which table, which customer.</summary>
    internal sealed record Question(string File, int Customer);
}
