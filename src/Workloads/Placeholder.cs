namespace ConcurrencyLab; internal static class Placeholder;
