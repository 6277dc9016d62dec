"""The Mandelbrot set by escape time, in plain Python: the same steps as Mandelbrot.cs, pixel by pixel."""

LEFT, RIGHT = -2.4, 1.0


def steps_of_row(row, width, height, iterations):
    """How many steps the pixels of a row take altogether until they escape, or are given up as inside."""
    pixel = (RIGHT - LEFT) / width
    y = ((height - 1) / 2 - row) * pixel
    return sum(escape(LEFT + (column + 0.5) * pixel, y, iterations) for column in range(width))


def escape(x, y, iterations):
    real = imaginary = 0.0
    for step in range(iterations):
        square_real, square_imaginary = real * real, imaginary * imaginary
        if square_real + square_imaginary > 4:
            return step
        imaginary = 2 * real * imaginary + y
        real = square_real - square_imaginary + x
    return iterations
