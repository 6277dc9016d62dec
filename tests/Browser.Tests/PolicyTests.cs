using System.Net;
using System.Net.Sockets;
using ConcurrencyLab.Tests.Support;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests;

/// <summary>The content security policy of the pages lets nothing out, whatever a cell shows.</summary>
public sealed class PolicyTests(Book book) : IAsyncDisposable
{
    private const string Attempts = """
        async address => {
          const outcomes = [];
          const attempt = async (name, work) => { try { await work(); outcomes.push(`${name} succeeded`); } catch { } };
          const element = (name, properties) => new Promise((resolve, reject) => {
            const made = Object.assign(document.createElement(name), properties, { onload: resolve, onerror: reject });
            document.body.append(made);
          });
          await attempt("fetch", () => fetch(address + "fetch"));
          await attempt("request", () => new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.onload = resolve; request.onerror = reject;
            request.open("GET", address + "request"); request.send();
          }));
          await attempt("picture", () => element("img", { src: address + "picture.png" }));
          await attempt("script", () => element("script", { src: address + "script.js" }));
          await attempt("style", () => element("link", { rel: "stylesheet", href: address + "style.css" }));
          await attempt("socket", () => new Promise((resolve, reject) => {
            const socket = new WebSocket(address.replace("http", "ws") + "socket");
            socket.onopen = resolve; socket.onerror = reject;
          }));
          navigator.sendBeacon(address + "beacon", "words");
          document.body.append(Object.assign(document.createElement("iframe"), { src: address + "frame" }));
          document.body.append(Object.assign(document.createElement("div"), { style: `background: url(${address}background.png)`, textContent: "x" }));
          await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          return outcomes;
        }
        """;

    private readonly Listener _elsewhere = new();

    public ValueTask DisposeAsync() => _elsewhere.DisposeAsync();

    [Fact]
    public async Task Nothing_that_a_page_tries_reaches_another_host()
    {
        await using var opened = await book.OpenAsync(Book.ChapterNames[0]);

        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(Attempts, _elsewhere.Address));
        Assert.Contains(opened.Faults, fault => fault.Contains("Content Security Policy", StringComparison.Ordinal));
        // The last word is ours: what the page had sent would have come before it.
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(_elsewhere.Address + "last"), TestContext.Current.CancellationToken);
        Assert.Equal(["/last"], _elsewhere.Asked);
    }

    [Fact]
    public async Task The_listener_hears_a_page_without_the_policy()
    {
        await using var window = await book.WindowAsync();
        var page = await window.NewPageAsync();
        await page.SetContentAsync($"<img src=\"{_elsewhere.Address}picture.png\">", new() { WaitUntil = WaitUntilState.Load });

        Assert.Equal(["/picture.png"], _elsewhere.Asked);
    }

    /// <summary>A web server that answers everything and remembers what it was asked for.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _answering;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _asked = [];

        public Listener()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _answering = AnswerAsync();
        }

        public string Address { get; }

        public IReadOnlyCollection<string> Asked => _asked;

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _answering;
        }

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    _asked.Enqueue(context.Request.Url!.AbsolutePath);
                    context.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
