namespace ConcurrencyLab.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public void The_library_and_the_server_sum_the_orders_of_a_customer()
    {
        using var library = Database.OpenSqlite(rows: 10_000);
        using var server = DatabaseServer.Start(rows: 10_000);
        for (var customer = 1; customer <= 5; customer++)
        {
            var orders = Enumerable.Range(1, 10_000).Where(id => id % 7919 % 200 + 1 == customer).ToArray();
            var expected = new Sales(customer, orders.Length, orders.Sum(id => 150L + id % 104729 % 701));
            Assert.Equal(expected, library.Query(customer));
            Assert.Equal(expected, server.Query(customer));
        }

        Assert.Equal(new Sales(201, 0, 0), library.Query(201));
        Assert.Throws<ArgumentOutOfRangeException>(() => Database.OpenSqlite(rows: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DatabaseServer.Start(rows: 0));
    }

    [Fact]
    public void Many_threads_query_at_once()
    {
        using var library = Database.OpenSqlite(rows: 10_000);
        using var server = DatabaseServer.Start(rows: 10_000);
        var customers = Enumerable.Range(1, 40).ToArray();
        var expected = customers.Select(library.Query).ToArray();
        Assert.Equal(expected, customers.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(library.Query).ToArray());
        Assert.Equal(expected, customers.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(server.Query).ToArray());
    }
}
