using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace ConcurrencyLab;

/// <summary>PostgreSQL across a socket: the server works, the thread here is free to do something else.</summary>
internal sealed class PostgresDatabase : Database
{
    // Any number that no other program is likely to lock: the lab's processes take turns at making the table.
    private const long TableLock = 0x436F_6E63_4C61_6221;

    private readonly NpgsqlDataSource _source;
    private readonly string _query;
    private readonly double _seconds;

    public PostgresDatabase(string connectionString, int rows, int milliseconds)
    {
        _source = Source(connectionString);
        _seconds = milliseconds / 1000.0;
        var table = string.Create(CultureInfo.InvariantCulture, $"concurrency_lab.orders_{rows}");
        _query = "SELECT pg_sleep(@seconds); " + SumQuery(table);
        try
        {
            using var connection = _source.OpenConnection();
            Engine = $"PostgreSQL {connection.PostgreSqlVersion.ToString(2)}, server";
            MakeTable(connection, table, rows);
        }
        catch (NpgsqlException trouble)
        {
            var where = $"{new NpgsqlConnectionStringBuilder(connectionString).Host}";
            _source.Dispose();
            throw new InvalidOperationException(
                $"The PostgreSQL server at '{where}' cannot be used: {trouble.Message} Correct {PostgresVariable}, or unset it to use SQLite.", trouble);
        }
    }

    public override string Engine { get; }

    public override bool IsAsynchronous => true;

    private protected override int ResultsBefore => 1;

    private protected override DbConnection Connect() => _source.CreateConnection();

    private protected override DbCommand Command(DbConnection connection, int customer)
    {
        var command = connection.CreateCommand();
        command.CommandText = _query;
        AddParameter(command, "seconds", _seconds);
        AddParameter(command, "customer", customer);
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
    }

    private static NpgsqlDataSource Source(string connectionString)
    {
        try
        {
            return new NpgsqlDataSourceBuilder(connectionString).Build();
        }
        catch (Exception bad) when (bad is ArgumentException or FormatException or InvalidCastException)
        {
            // Not the string itself: it may hold a password.
            throw new InvalidOperationException(
                $"The PostgreSQL connection string cannot be read: {bad.Message} Write {PostgresVariable} like 'Host=localhost;Username=me;Password=…;Database=lab'.", bad);
        }
    }

    private static void MakeTable(NpgsqlConnection connection, string table, int rows)
    {
        if (Exists(connection, table)) return;
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({TableLock.ToString(CultureInfo.InvariantCulture)})");
        if (!Exists(connection, table))
        {
            Execute(connection, "CREATE SCHEMA IF NOT EXISTS concurrency_lab");
            Execute(connection, $"CREATE TABLE {table} AS {SeedRows(rows)}");
        }
        transaction.Commit();
    }

    private static bool Exists(NpgsqlConnection connection, string table)
    {
        // The catalogue and not to_regclass(), which may answer from a cache that is older than the lock.
        using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname || '.' || tablename = @table)", connection);
        command.Parameters.AddWithValue("table", table);
        return (bool)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
