using ConcurrencyLab.Kernel.Compilation;

namespace ConcurrencyLab.Tests.Session;

/// <summary>Which loops are asked in each round whether their cell is being stopped. What can be measured must stay as it was written.</summary>
public class LoopCheckTests
{
    private const string Start = "var n = 10; uint m = 3; long l = 9; int[] array = [1]; List<int> list = [1]; IEnumerable<int> lazy = list; var i = 0;\n";

    [Theory]
    [InlineData("for (var k = 0; k < n; k++) { }")]
    [InlineData("for (int k = 0; k < array.Length && n > 3; ++k) { n--; }")]
    [InlineData("for (int k = n - 1; k >= 0; k--) { }")]
    [InlineData("for (var k = 1; k <= n; k += 2) { }")]
    [InlineData("for (long k = 4; k <= n; k += 3) { }")]
    [InlineData("for (var k = 0; k < list.Count; k++) { list[k]++; array.Contains(k); }")]
    [InlineData("for (var k = 0L; k < 4_000_000_000; k++) { }")]
    [InlineData("for (uint k = 0; k < 10; k++) { }")]
    [InlineData("for (byte k = 0; k < 255; k++) { }")]
    [InlineData("for (uint k = 9; k > 0; k--) { }")]
    [InlineData("int Third(int k) { for (k = 0; k < 5; k++) { if (k == 3) continue; } return k; }")]
    [InlineData("foreach (var x in array) { }")]
    [InlineData("foreach (var x in list) { }")]
    [InlineData("foreach (var (key, value) in new Dictionary<int, int>()) { }")]
    [InlineData("foreach (var x in array.AsSpan()) { }")]
    [InlineData("foreach (var x in \"text\") { }")]
    [InlineData("foreach (var x in new HashSet<int>()) { }")]
    [InlineData("foreach (var x in (IReadOnlyCollection<int>)list) { }")]
    public void What_counts_or_goes_through_a_collection_stays_as_it_is(string loop) => Assert.False(IsChecked(loop), loop);

    [Theory]
    [InlineData("for (uint k = m; k >= 0; k--) { }")]
    [InlineData("for (var k = 0; k < l; k++) { }")]
    [InlineData("for (uint k = 9; k > 0; k -= 2) { }")]
    [InlineData("for (uint k = 9; k > m; k -= 2) { }")]
    [InlineData("for (byte k = 0; k < 255; k += 2) { }")]
    [InlineData("for (var k = 0; k < n; k--) { }")]
    [InlineData("for (var k = 0; k < n; k += 0) { }")]
    [InlineData("for (var k = 4; k <= n; k += n) { }")]
    [InlineData("for (var k = 4; k > 0; k -= i) { }")]
    [InlineData("for (i = 0; i < n; i++) { }")]
    [InlineData("for (int k = 0; k < n; k++, k--) { }")]
    [InlineData("for (int k = 0; k < n && k-- > 0; k++) { }")]
    [InlineData("for (long k = 0; k < l; k++) { }")]
    [InlineData("for (long k = 0; k < 1_000_000_000_000; k++) { }")]
    [InlineData("for (var k = 0; k < list.Count; k++) { list.Add(k); }")]
    [InlineData("for (var k = 0; k < n; k++) { k = 1; }")]
    [InlineData("for (var k = 0; k < n; k++) { int.TryParse(\"1\", out k); }")]
    [InlineData("for (var k = 0; k < n; i++) { }")]
    [InlineData("for (var k = 0; k != 5; k += 2) { }")]
    [InlineData("foreach (var x in lazy) { }")]
    [InlineData("foreach (var x in list.Where(x => x > 0)) { }")]
    [InlineData("foreach (var x in lazy.AsParallel()) { }")]
    [InlineData("foreach (object x in (System.Collections.IEnumerable)list) { }")]
    [InlineData("await foreach (var x in list.ToAsyncEnumerable()) { }")]
    [InlineData("if (n > 3) goto end; end: ;")]
    public void What_may_never_end_is_asked(string loop) => Assert.True(IsChecked(loop), loop);

    private static bool IsChecked(string loop)
    {
        var compilation = new SubmissionChain().Compile(Start + loop, 1, "cell 1", TestContext.Current.CancellationToken).Compilation;
        return compilation.SyntaxTrees[0].ToString().Contains("EndlessLoop", StringComparison.Ordinal);
    }
}
