namespace ConcurrencyLab.Tests;

/// <summary>A cell that goes on with what a later cell has closed is told so, and what to do.</summary>
public class ClosedTests
{
    [Theory]
    [InlineData("shop", "The coffee shop was closed")]
    [InlineData("shop, async", "The coffee shop was closed")]
    [InlineData("pool", "The pool of worker processes was closed")]
    [InlineData("pipe", "The peer \"process, by pipe\" was closed")]
    [InlineData("thread", "The peer \"thread\" was closed")]
    [InlineData("database", "The database was closed")]
    [InlineData("server", "The database was closed")]
    [InlineData("files", "The folder of temporary files was closed")]
    [InlineData("files, async", "The folder of temporary files was closed")]
    [InlineData("folder", "The folder of temporary files was closed")]
    public async Task What_was_closed_says_so_and_how_to_go_on(string what, string said)
    {
        var use = Closed(what);

        var error = await Assert.ThrowsAsync<ObjectDisposedException>(use);

        Assert.Equal($"{said}: run the cell that opened it again.", error.Message);
    }

    private static Func<Task> Closed(string what)
    {
        switch (what)
        {
            case "shop" or "shop, async":
                var shop = CoffeeShop.Open(ms: 0);
                shop.Dispose();
                return what == "shop" ? () => Task.FromResult(shop.Order(1)) : () => shop.OrderAsync(1);
            case "pool":
                var pool = ProcessPool.Start(1);
                pool.Dispose();
                return async () => await pool.Map([1, 4], WaysTests.Square);
            case "pipe" or "thread":
                var peer = what == "pipe" ? EchoPeer.OverPipe() : EchoPeer.OnThread();
                peer.Dispose();
                return () => Task.FromResult(peer.Echo([1]));
            case "database":
                var database = Database.OpenSqlite(rows: 10);
                database.Dispose();
                database.Dispose();
                return () => Task.FromResult(database.Query(1));
            case "server":
                var server = DatabaseServer.Start(rows: 10);
                server.Dispose();
                return () => Task.FromResult(server.Query(1));
            default:
                var files = TempFiles.Create();
                files.Dispose();
                return what switch { "files" => () => Task.FromResult(files.SaveAndLoad(1)), "folder" => () => Task.FromResult(files.Folder), _ => () => files.SaveAndLoadAsync(1) };
        }
    }
}
