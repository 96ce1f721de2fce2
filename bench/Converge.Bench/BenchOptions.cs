using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Bench;

/// <summary>The command line.</summary>
/// <param name="Rows">Names of rows; empty: all.</param>
/// <param name="Rounds">Default: 7.</param>
/// <param name="Help">Only explain.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Rows, int Rounds, bool Help)
{
    /// <exception cref="BenchException">An argument means nothing; the message names those that do.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments, IReadOnlyList<string> known)
    {
        var (rows, rounds, help) = (new List<string>(), 7, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "-h" or "--help":
                    help = true;
                    break;
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out rounds) && rounds > 0:
                    i++;
                    break;
                case "--rounds":
                    throw new BenchException("--rounds wants a number of at least 1");
                case var row when known.Contains(row):
                    rows.Add(row);
                    break;
                default:
                    throw new BenchException($"there is no row '{arguments[i]}'. There are: {string.Join(", ", known)}");
            }
        }

        return new BenchOptions(rows, rounds, help);
    }
}
