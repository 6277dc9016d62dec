"""A picture blurred tile by tile: Blur of PictureFilters.cs, line by line."""
from array import array
from math import exp
from multiprocessing import Pool

import measured

RADIUS = 10
TILE = 64
_picture = []


def work(items=4, path="", workers=0):
    if not _picture:
        _picture.extend(load(path))
    width, height, _ = _picture
    tiles = [(x, y) for y in range(0, height - TILE + 1, TILE) for x in range(0, width - TILE + 1, TILE)][:items]
    if workers == 0:
        return [blur(tile) for tile in tiles]
    with Pool(workers, keep, _picture) as pool:
        return pool.map(blur, tiles, chunksize=1)


def load(path):
    """Width, height and the pixels as 0xFFRRGGBB, as the benchmark has written them."""
    numbers = array("I")
    with open(path, "rb") as file:
        numbers.frombytes(file.read())
    return numbers[0], numbers[1], numbers[2:]


def keep(*picture):
    _picture[:] = picture


def blur(tile):
    """The sum of all channels of all pixels of the blurred tile."""
    left, top = tile
    width, height, pixels = _picture
    side = 2 * RADIUS + 1
    weights = gaussian()
    total = 0
    for y in range(TILE):
        for x in range(TILE):
            red = green = blue = 0.0
            for dy in range(side):
                row = min(max(top + y + dy - RADIUS, 0), height - 1) * width
                for dx in range(side):
                    colour = pixels[row + min(max(left + x + dx - RADIUS, 0), width - 1)]
                    weight = weights[dy * side + dx]
                    red += weight * (colour >> 16 & 255)
                    green += weight * (colour >> 8 & 255)
                    blue += weight * (colour & 255)
            total += int(red + 0.5) + int(green + 0.5) + int(blue + 0.5)
    return total


def gaussian():
    reach = range(-RADIUS, RADIUS + 1)
    two_squares = 2 * (RADIUS / 2) * (RADIUS / 2)
    weights = [exp(-(dx * dx + dy * dy) / two_squares) for dy in reach for dx in reach]
    total = sum(weights)
    return [weight / total for weight in weights]


if __name__ == "__main__":
    measured.main(work)
