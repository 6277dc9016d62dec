namespace ConcurrencyLab;

/// <summary>How a solar system fared.</summary>
/// <param name="Variation">The item.</param>
/// <param name="EnergyBefore">Total energy at the start, in solar masses × (astronomical units / year)².</param>
/// <param name="EnergyAfter">Total energy at the end; conserved up to the error of the integration.</param>
public sealed record Orbits(int Variation, double EnergyBefore, double EnergyAfter);

/// <summary>
/// Work that computes: the sun and its four giant planets under each other's gravity, again and again with a slightly
/// different Jupiter, as an ensemble study does. Symplectic Euler steps; start values and step as in the <i>n-body</i> program
/// of the Computer Language Benchmarks Game (positions from JPL ephemerides), whose printed energies variation 0 reproduces.
/// <code>var systems = new NBody(); systems.Variations(20).Select(systems.Simulate)</code>
/// </summary>
/// <param name="steps">Length of an item in steps of 0.01 years; 100,000 take some 10 ms. The cost grows with it in proportion.</param>
public sealed class NBody(int steps = 100_000)
{
    private const double StepYears = 0.01;
    private const double DaysPerYear = 365.24;
    private const double SolarMass = 4 * Math.PI * Math.PI; // makes the constant of gravity 1 in these units

    private readonly int _steps = steps.Within(0, int.MaxValue, "steps are counted from 0.");

    /// <summary>The variations 1 to <paramref name="count"/>: the items to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read as systems.Variations(20).")]
    public IReadOnlyList<int> Variations(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>Simulates one solar system, in which Jupiter moves by 0.01 % × <paramref name="variation"/> faster than in ours.</summary>
    public Orbits Simulate(int variation)
    {
        using var span = Spans.Item(variation);
        var bodies = Bodies(1 + variation * 1e-4);
        var before = Energy(bodies);
        for (var step = 0; step < _steps; step++) Advance(bodies);
        return new Orbits(variation, before, Energy(bodies));
    }

    private static Body[] Bodies(double jupiterSpeed)
    {
        Body[] bodies =
        [
            new() { Mass = SolarMass },
            Planet(4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01, jupiterSpeed * 1.66007664274403694e-03, jupiterSpeed * 7.69901118419740425e-03, jupiterSpeed * -6.90460016972063023e-05, 9.54791938424326609e-04),
            Planet(8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01, -2.76742510726411899e-03, 4.99852801234917238e-03, 2.30417297573763929e-05, 2.85885980666130812e-04),
            Planet(1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01, 2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05, 4.36624404335156298e-05),
            Planet(1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01, 2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05, 5.15138902046611451e-05),
        ];
        // The sun moves against the planets, so that the whole stays where it is.
        foreach (var planet in bodies.AsSpan(1))
        {
            bodies[0].Vx -= planet.Vx * planet.Mass / SolarMass;
            bodies[0].Vy -= planet.Vy * planet.Mass / SolarMass;
            bodies[0].Vz -= planet.Vz * planet.Mass / SolarMass;
        }
        return bodies;
    }

    private static Body Planet(double x, double y, double z, double vx, double vy, double vz, double mass) => new()
    {
        X = x,
        Y = y,
        Z = z,
        Vx = vx * DaysPerYear,
        Vy = vy * DaysPerYear,
        Vz = vz * DaysPerYear,
        Mass = mass * SolarMass,
    };

    private static void Advance(Span<Body> bodies)
    {
        for (var i = 0; i < bodies.Length; i++)
        {
            ref var one = ref bodies[i];
            for (var j = i + 1; j < bodies.Length; j++)
            {
                ref var two = ref bodies[j];
                double dx = one.X - two.X, dy = one.Y - two.Y, dz = one.Z - two.Z;
                var square = dx * dx + dy * dy + dz * dz;
                var pull = StepYears / (square * Math.Sqrt(square));
                one.Vx -= dx * two.Mass * pull;
                one.Vy -= dy * two.Mass * pull;
                one.Vz -= dz * two.Mass * pull;
                two.Vx += dx * one.Mass * pull;
                two.Vy += dy * one.Mass * pull;
                two.Vz += dz * one.Mass * pull;
            }
        }
        foreach (ref var body in bodies)
        {
            body.X += StepYears * body.Vx;
            body.Y += StepYears * body.Vy;
            body.Z += StepYears * body.Vz;
        }
    }

    private static double Energy(ReadOnlySpan<Body> bodies)
    {
        double energy = 0;
        for (var i = 0; i < bodies.Length; i++)
        {
            ref readonly var one = ref bodies[i];
            energy += 0.5 * one.Mass * (one.Vx * one.Vx + one.Vy * one.Vy + one.Vz * one.Vz);
            for (var j = i + 1; j < bodies.Length; j++)
            {
                ref readonly var two = ref bodies[j];
                double dx = one.X - two.X, dy = one.Y - two.Y, dz = one.Z - two.Z;
                energy -= one.Mass * two.Mass / Math.Sqrt(dx * dx + dy * dy + dz * dz);
            }
        }
        return energy;
    }

    private struct Body
    {
        public double X, Y, Z, Vx, Vy, Vz, Mass;
    }
}
