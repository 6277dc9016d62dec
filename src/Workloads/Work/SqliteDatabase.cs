using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConcurrencyLab;

/// <summary>SQLite, which runs inside this process on the calling thread.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly TempFolder _folder = new();
    private readonly string _connectionString;

    public SqliteDatabase(int rows)
    {
        try
        {
            _connectionString = Fill(_folder, rows).ConnectionString;
            using var connection = new SqliteConnection(_connectionString);
            Engine = $"SQLite {connection.ServerVersion}, embedded";
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public override string Engine { get; }

    public override bool IsAsynchronous => false;

    /// <summary>Makes the table in a file of the folder; what is returned opens it for reading.</summary>
    internal static SqliteConnectionStringBuilder Fill(TempFolder folder, int rows)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, "orders.sqlite"), Pooling = false };
        using (var connection = new SqliteConnection(file.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // Thrown away after use: it need not survive a power cut.
            command.CommandText = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE orders AS " + SeedRows(rows);
            command.ExecuteNonQuery();
        }

        file.Mode = SqliteOpenMode.ReadOnly;
        file.Pooling = true;
        return file;
    }

    /// <summary>The query of a database that another process opened.</summary>
    internal static Sales Sum(string connectionString, int customer)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = SumQuery("orders");
        AddParameter(command, "@customer", customer);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new Sales(customer, reader.GetInt64(0), reader.GetInt64(1));
    }

    private protected override int ResultsBefore => 0;

    private protected override DbConnection Connect() => new SqliteConnection(_connectionString);

    private protected override DbCommand Command(DbConnection connection, int customer)
    {
        var command = connection.CreateCommand();
        command.CommandText = SumQuery("orders");
        AddParameter(command, "@customer", customer);
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        using (var pool = new SqliteConnection(_connectionString)) SqliteConnection.ClearPool(pool);
        _folder.Dispose();
    }
}
