"""Two ways to order at the coffee shop: a client that blocks its thread, and one that awaits."""
import asyncio
import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

SHOP = "http://127.0.0.1:8080"


def order(url, number, ms):
    """Orders a coffee and holds the thread until it comes."""
    shop = HTTPConnection(urlsplit(url).netloc)
    try:
        shop.request("GET", f"/coffee/{number}?ms={ms}&jitter=0.2&seed=1")
        return json.load(shop.getresponse())
    finally:
        shop.close()


async def order_async(url, number, ms):
    """Orders a coffee and gives the thread back until it comes."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(f"GET /coffee/{number}?ms={ms}&jitter=0.2&seed=1 HTTP/1.0\r\nHost: {place.netloc}\r\n\r\n".encode())
        answer = await reader.read()
    finally:
        writer.close()
    return json.loads(answer.partition(b"\r\n\r\n")[2])
