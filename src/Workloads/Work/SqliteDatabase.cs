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
            var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "orders.sqlite"), Pooling = false };
            using (var connection = new SqliteConnection(file.ConnectionString))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                // Thrown away after use: it need not survive a power cut.
                command.CommandText = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE orders AS " + SeedRows(rows);
                command.ExecuteNonQuery();
                Engine = $"SQLite {connection.ServerVersion}, embedded";
            }
            file.Mode = SqliteOpenMode.ReadOnly;
            file.Pooling = true;
            _connectionString = file.ConnectionString;
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public override string Engine { get; }

    public override bool IsAsynchronous => false;

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
