"""Solar systems simulated step by step: NBody.cs, line by line."""
from math import pi, sqrt
from multiprocessing import Pool

import measured

STEP_YEARS = 0.01
DAYS_PER_YEAR = 365.24
SOLAR_MASS = 4 * pi * pi
PLANETS = (
    (4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01, 1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05, 9.54791938424326609e-04),
    (8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01, -2.76742510726411899e-03, 4.99852801234917238e-03, 2.30417297573763929e-05, 2.85885980666130812e-04),
    (1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01, 2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05, 4.36624404335156298e-05),
    (1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01, 2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05, 5.15138902046611451e-05),
)


def work(items=8, steps=50_000, workers=0):
    variations = [(variation, steps) for variation in range(1, items + 1)]
    if workers == 0:
        return [simulate(variation) for variation in variations]
    with Pool(workers) as pool:
        return pool.map(simulate, variations, chunksize=1)


def simulate(item):
    variation, steps = item
    bodies = system(1 + variation * 1e-4)
    for _ in range(steps):
        advance(bodies)
    return energy(bodies)


def system(jupiter_speed):
    bodies = [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS]]
    for number, (x, y, z, vx, vy, vz, mass) in enumerate(PLANETS):
        speed = (jupiter_speed if number == 0 else 1.0) * DAYS_PER_YEAR
        bodies.append([x, y, z, vx * speed, vy * speed, vz * speed, mass * SOLAR_MASS])
    sun = bodies[0]
    for planet in bodies[1:]:
        for axis in (3, 4, 5):
            sun[axis] -= planet[axis] * planet[6] / SOLAR_MASS
    return bodies


def advance(bodies):
    for i, one in enumerate(bodies):
        for two in bodies[i + 1:]:
            dx, dy, dz = one[0] - two[0], one[1] - two[1], one[2] - two[2]
            square = dx * dx + dy * dy + dz * dz
            pull = STEP_YEARS / (square * sqrt(square))
            one[3] -= dx * two[6] * pull
            one[4] -= dy * two[6] * pull
            one[5] -= dz * two[6] * pull
            two[3] += dx * one[6] * pull
            two[4] += dy * one[6] * pull
            two[5] += dz * one[6] * pull
    for body in bodies:
        body[0] += STEP_YEARS * body[3]
        body[1] += STEP_YEARS * body[4]
        body[2] += STEP_YEARS * body[5]


def energy(bodies):
    total = 0.0
    for i, one in enumerate(bodies):
        total += 0.5 * one[6] * (one[3] ** 2 + one[4] ** 2 + one[5] ** 2)
        for two in bodies[i + 1:]:
            dx, dy, dz = one[0] - two[0], one[1] - two[1], one[2] - two[2]
            total -= one[6] * two[6] / sqrt(dx * dx + dy * dy + dz * dz)
    return total


if __name__ == "__main__":
    measured.main(work)
