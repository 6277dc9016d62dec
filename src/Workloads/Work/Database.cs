using System.Data.Common;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>What a customer has ordered.</summary>
/// <param name="Customer">The item.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Cents">Their sum.</param>
public sealed record Sales(int Customer, long Orders, long Cents);

/// <summary>
/// Work that waits for a database: a query that reads a whole table of orders and sums those of one customer.
/// <code>
/// using var database = Database.Open();
/// database.Customers(20).Select(database.Query)                         // holds its thread
/// await Task.WhenAll(database.Customers(20).Select(database.QueryAsync)) // holds none on PostgreSQL
/// </code>
/// SQLite by default: it runs inside this process, so a query computes instead of waiting, and its asynchronous methods are
/// synchronous behind their names: the task that <see cref="QueryAsync(int)"/> returns is already completed, and the calling
/// thread has done the work (Microsoft documents this under "Async limitations" of Microsoft.Data.Sqlite).
/// <see cref="IsAsynchronous"/> says which it is. With a connection string in the environment variable
/// CONCURRENCYLAB_POSTGRES it is PostgreSQL, where the thread is free while the server works.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>The environment variable with the connection string of a PostgreSQL server.</summary>
    public const string PostgresVariable = "CONCURRENCYLAB_POSTGRES";

    /// <summary>Customers in the table; others have ordered nothing.</summary>
    internal const int CustomerCount = 200;

    private protected static string SumQuery(string table)
        => $"SELECT count(*), coalesce(sum(cents), 0) FROM {table} WHERE customer = @customer";

    // The same arithmetic fills the table of either engine, so their answers can be compared.
    private protected static string SeedRows(int rows) => string.Create(CultureInfo.InvariantCulture,
        $"WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {rows}) SELECT id, (id % 7919) % {CustomerCount} + 1 AS customer, 150 + (id % 104729) % 701 AS cents FROM n");

    /// <summary>The engine and its version, for a subtitle.</summary>
    public abstract string Engine { get; }

    /// <summary>Whether <see cref="QueryAsync(int)"/> frees its thread while it waits.</summary>
    public abstract bool IsAsynchronous { get; }

    /// <summary>Opens PostgreSQL when CONCURRENCYLAB_POSTGRES is set, SQLite otherwise.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million; SQLite takes some 10 ms for the default.</param>
    /// <param name="ms">How long PostgreSQL waits (pg_sleep) in milliseconds before it reads; SQLite cannot wait.</param>
    /// <exception cref="InvalidOperationException">The server cannot be used; the message says why.</exception>
    public static Database Open(int rows = 200_000, int ms = 20)
        => Environment.GetEnvironmentVariable(PostgresVariable) is { } connection && !string.IsNullOrWhiteSpace(connection)
            ? OpenPostgres(connection, rows, ms)
            : OpenSqlite(rows);

    /// <summary>Opens SQLite on a file in the folder for temporary files, removed with <see cref="Dispose()"/>.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million.</param>
    public static Database OpenSqlite(int rows = 200_000) => new SqliteDatabase(CheckedRows(rows));

    /// <summary>Opens a PostgreSQL server. Its table is made once in a schema <c>concurrency_lab</c> of its own and stays there.</summary>
    /// <param name="connectionString">As Npgsql reads it, such as <c>Host=localhost;Username=me;Password=secret;Database=lab</c>.</param>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million.</param>
    /// <param name="ms">How long the server waits (pg_sleep) in milliseconds before it reads.</param>
    /// <exception cref="InvalidOperationException">The server cannot be used; the message says why.</exception>
    public static Database OpenPostgres(string connectionString, int rows = 200_000, int ms = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ms);
        return new PostgresDatabase(connectionString, CheckedRows(rows), ms);
    }

    /// <summary>The customers 1 to <paramref name="count"/>: the items to work on. The table knows 200.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read as database.Customers(20).")]
    public IReadOnlyList<int> Customers(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>Sums the orders of a customer, holding the calling thread all the while.</summary>
    /// <exception cref="DbException">The database refused or is gone.</exception>
    public Sales Query(int customer)
    {
        using var span = Spans.Item(customer);
        using var connection = Connect();
        connection.Open();
        using var command = Command(connection, customer);
        using var reader = command.ExecuteReader();
        for (var result = 0; result < ResultsBefore; result++) reader.NextResult();
        reader.Read();
        return new Sales(customer, reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Sums the orders of a customer with the engine's asynchronous methods.</summary>
    /// <exception cref="DbException">The database refused or is gone.</exception>
    public Task<Sales> QueryAsync(int customer) => QueryAsync(customer, CancellationToken.None);

    /// <inheritdoc cref="QueryAsync(int)"/>
    public async Task<Sales> QueryAsync(int customer, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = Command(connection, customer);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var result = 0; result < ResultsBefore; result++) await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Sales(customer, reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Closes the connections and removes what was made for this object alone.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections.</summary>
    protected abstract void Dispose(bool disposing);

    // A connection of its own for every query, out of the engine's pool: connections are not for two threads at once.
    private protected abstract DbConnection Connect();

    private protected abstract DbCommand Command(DbConnection connection, int customer);

    // Result sets that come before that of the sum.
    private protected abstract int ResultsBefore { get; }

    internal static int CheckedRows(int rows) => rows is >= 1 and <= 100_000_000
        ? rows
        : throw new ArgumentOutOfRangeException(nameof(rows), rows, "a table has 1 to 100 million rows.");

    private protected static void AddParameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
