namespace ConcurrencyLab.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public void A_query_sums_the_orders_of_its_customer()
    {
        using var database = Database.OpenSqlite(rows: 10_000);
        for (var customer = 1; customer <= 5; customer++)
        {
            var orders = Enumerable.Range(1, 10_000).Where(id => id % 7919 % 200 + 1 == customer).ToArray();
            Assert.Equal(new Sales(customer, orders.Length, orders.Sum(id => 150L + id % 104729 % 701)), database.Query(customer));
        }
        Assert.Equal(new Sales(201, 0, 0), database.Query(201));
    }

    [Fact]
    public void The_asynchronous_query_of_sqlite_is_done_before_it_returns()
    {
        using var database = Database.OpenSqlite(rows: 10_000);
        var query = database.QueryAsync(1, TestContext.Current.CancellationToken);
        Assert.True(query.IsCompletedSuccessfully);
        Assert.False(database.IsAsynchronous);
#pragma warning disable xUnit1031 // it is completed: that is the point
        Assert.Equal(database.Query(1), query.Result);
#pragma warning restore xUnit1031
    }

    [Fact]
    public void Many_threads_query_at_once()
    {
        using var database = Database.OpenSqlite(rows: 10_000);
        var expected = database.Customers(40).Select(database.Query).ToArray();
        Assert.Equal(expected, database.Customers(40).AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(database.Query).ToArray());
    }

    [Fact]
    public void Sqlite_is_the_default_and_bad_settings_are_refused()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Database.PostgresVariable) is not null, $"{Database.PostgresVariable} is set.");
        using var database = Database.Open(rows: 100);
        Assert.StartsWith("SQLite 3.", database.Engine, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Database.OpenSqlite(rows: 0));
        var unreadable = Assert.Throws<InvalidOperationException>(() => Database.OpenPostgres("postgres://me:secret@localhost/lab"));
        Assert.Contains("Host=localhost", unreadable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_listening_is_said_in_one_line()
    {
        var nobody = Assert.Throws<InvalidOperationException>(() => Database.OpenPostgres("Host=127.0.0.1;Port=1;Username=lab;Timeout=5"));
        Assert.Contains("'127.0.0.1'", nobody.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', nobody.Message);
    }
}
