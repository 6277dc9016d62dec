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
    private static readonly WorkerJob Job = WorkerJob.For((Func<Question, Sales>)Answer);

    private readonly Database _table;
    private readonly WorkerProcess _server = new();

    private DatabaseServer(Database table) => _table = table;

    /// <summary>Makes the table and starts the process; both go with <see cref="Dispose"/>.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table would have no row or too many.</exception>
    public static DatabaseServer Start(int rows = 200_000) => Database.OpenSqlite(rows).OrDispose(table => new DatabaseServer(table));

    /// <summary>Sums the orders of a customer over there, holding the calling thread all the while.</summary>
    /// <exception cref="WorkerEndedException">The server's process is gone.</exception>
    public Sales Query(int customer)
    {
        using var span = Spans.Item(customer);
        return _server.Ask(Job, new Question(_table.ConnectionString, customer)).ResultAs<Sales>();
    }

    /// <summary>Ends the process and removes the table.</summary>
    public void Dispose()
    {
        _server.Dispose();
        _table.Dispose();
    }

    /// <summary>What the other process does.</summary>
    internal static Sales Answer(Question question) => Database.Sum(question.Table, question.Customer);

    /// <summary>What is asked: which table, which customer.</summary>
    internal sealed record Question(string Table, int Customer);
}
