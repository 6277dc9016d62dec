using System.Diagnostics;
using Npgsql;

namespace ConcurrencyLab.Tests;

public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void It_gives_the_same_answers_as_sqlite()
    {
        using var postgres = Open(rows: 20_000, ms: 0);
        using var sqlite = Database.OpenSqlite(rows: 20_000);
        foreach (var customer in postgres.Customers(10)) Assert.Equal(sqlite.Query(customer), postgres.Query(customer));
        Assert.Equal(new Sales(1_000, 0, 0), postgres.Query(1_000));
        Assert.StartsWith("PostgreSQL ", postgres.Engine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asynchronous_queries_free_the_thread_and_wait_at_the_same_time()
    {
        using var postgres = Open(rows: 1_000, ms: 300);
        await Task.WhenAll(postgres.Customers(20).Select(postgres.QueryAsync)); // opens the connections
        var clock = Stopwatch.StartNew();
        Task<Sales>[] queries = [.. postgres.Customers(20).Select(postgres.QueryAsync)];
        Assert.True(postgres.IsAsynchronous);
        Assert.DoesNotContain(queries, query => query.IsCompleted);
        var answers = await Task.WhenAll(queries);
        // One after the other they would take at least 20 × 300 ms.
        Assert.InRange(clock.ElapsedMilliseconds, 290, 5_900);
        Assert.Equal(postgres.Customers(3).Select(postgres.Query), answers.Take(3));
    }

    [Fact]
    public async Task A_query_can_be_cancelled_while_the_server_waits()
    {
        using var postgres = Open(rows: 1_000, ms: 600_000);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var query = postgres.QueryAsync(1, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
    }

    [Fact]
    public async Task Many_who_open_it_at_once_make_one_table()
    {
        SkipWithoutServer();
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Open(rows: 3_000, ms: 0), Stop)));
        foreach (var database in opened) database.Dispose();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var count = source.CreateCommand("SELECT count(*) FROM concurrency_lab.orders_3000");
        Assert.Equal(3_000L, await count.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public void A_connection_string_for_somebody_without_rights_is_answered_with_a_clear_line()
    {
        SkipWithoutServer();
        var refused = Assert.Throws<InvalidOperationException>(() => Database.OpenPostgres(server.ConnectionString + ";Database=nowhere;Password=secret"));
        Assert.Contains("\"nowhere\" does not exist", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Database.PostgresVariable, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private Database Open(int rows, int ms)
    {
        SkipWithoutServer();
        return Database.OpenPostgres(server.ConnectionString, rows, ms);
    }

    private void SkipWithoutServer() => Assert.SkipWhen(server.Absence is not null, server.Absence ?? "");
}
