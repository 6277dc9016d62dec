using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConcurrencyLab;

/// <summary>What a customer has ordered.</summary>
/// <param name="Customer">The item.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Cents">Their sum.</param>
public sealed record Sales(int Customer, long Orders, long Cents);

/// <summary>
/// A query that reads a whole table of orders and sums those of one customer, in SQLite. That is a library inside this
/// process, so a query computes instead of waiting; <see cref="DatabaseServer"/> answers the same one from another process.
/// (For the same reason SQLite's asynchronous methods are synchronous behind their names, see "Async limitations" in the
/// documentation of Microsoft.Data.Sqlite.)
/// <code>
/// using var database = Database.OpenSqlite();
/// database.Query(1)
/// </code>
/// </summary>
public sealed class Database : IDisposable
{
    /// <summary>Customers in the table; others have ordered nothing.</summary>
    private const int CustomerCount = 200;

    private readonly TempFolder _folder;

    private readonly string _connectionString;

    private Database(TempFolder folder, int rows) => (_folder, _connectionString) = (folder, Fill(folder, rows));

    /// <summary>Opens the table for reading, in whatever process.</summary>
    /// <exception cref="ObjectDisposedException">The table is gone.</exception>
    internal string ConnectionString
    {
        get
        {
            Disposal.ThrowIfClosed(_folder.IsClosed, "The database");
            return _connectionString;
        }
    }

    /// <summary>Fills a table in the folder for temporary files, which goes with <see cref="Dispose"/>.</summary>
    /// <param name="rows">Rows of the table that a query reads, 1 to 100 million; the default takes some 10 ms.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table would have no row or too many.</exception>
    /// <exception cref="SqliteException">The disk is full.</exception>
    public static Database OpenSqlite(int rows = 200_000) => new TempFolder().OrDispose(folder => new Database(folder, rows));

    /// <summary>Sums the orders of a customer. Each query has a connection of its own: one is not for two threads at once.</summary>
    /// <exception cref="ObjectDisposedException">The table is gone.</exception>
    public Sales Query(int customer)
    {
        using var span = Spans.Item(customer);
        return Sum(ConnectionString, customer);
    }

    /// <summary>Closes the connections and removes the table.</summary>
    public void Dispose()
    {
        using (var pooled = new SqliteConnection(_connectionString)) SqliteConnection.ClearPool(pooled);
        _folder.Dispose();
    }

    /// <summary>Makes the table in a file of the folder; what is returned opens it for reading.</summary>
    private static string Fill(TempFolder folder, int rows)
    {
        rows.Within(1, 100_000_000, "a table has 1 to 100 million rows.");
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, "orders.sqlite"), Pooling = false };
        using (var connection = new SqliteConnection(file.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // Thrown away after use: it need not survive a power cut.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA journal_mode = OFF;
                PRAGMA synchronous = OFF;
                CREATE TABLE orders AS
                    WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {rows})
                    SELECT id, (id % 7919) % {CustomerCount} + 1 AS customer, 150 + (id % 104729) % 701 AS cents FROM n;
                """);
            command.ExecuteNonQuery();
        }

        (file.Mode, file.Pooling) = (SqliteOpenMode.ReadOnly, true);
        return file.ConnectionString;
    }

    /// <summary>The query, wherever the table was filled.</summary>
    internal static Sales Sum(string connectionString, int customer)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), coalesce(sum(cents), 0) FROM orders WHERE customer = @customer";
        command.Parameters.AddWithValue("@customer", customer);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new Sales(customer, reader.GetInt64(0), reader.GetInt64(1));
    }
}
