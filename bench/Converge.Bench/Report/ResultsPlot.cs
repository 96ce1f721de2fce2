using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge.Bench.Report;

/// <summary>Time over hosts with nothing to do, both axes logarithmic, as SVG.</summary>
internal static class ResultsPlot
{
    private const double Left = 70, Right = 560, Top = 40, Bottom = 400, Width = 820, Height = 450;

    // Told apart also without colour, by the shape of the marks (ColorBrewer's Dark2).
    private static readonly string[] Colours = ["#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e", "#e6ab02", "#a6761d", "#666666"];

    public static string Of(IReadOnlyList<PlotPoint> points)
    {
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="13">""");
        Line(svg, $"""<rect width="{Width}" height="{Height}" fill="white"/>""");
        Line(svg, $"""<text x="{Left}" y="22" font-size="15">A run with nothing to do: seconds over hosts</text>""");
        if (points.Count > 0)
        {
            var scale = Scale.Of(points);
            Grid(svg, scale);
            foreach (var (series, index) in points.GroupBy(p => p.Series).Select((g, i) => (g, i)))
            {
                Curve(svg, scale, series.Key, [.. series.OrderBy(p => p.Hosts)], index);
            }
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Grid(StringBuilder svg, Scale scale)
    {
        foreach (var hosts in (double[])[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])
        {
            if (hosts <= scale.MostHosts)
            {
                Line(svg, $"""<path d="M{scale.X(hosts):0.#} {Top}V{Bottom}" stroke="#ddd"/><text x="{scale.X(hosts):0.#}" y="{Bottom + 18}" text-anchor="middle">{hosts}</text>""");
            }
        }

        for (var power = scale.Lowest; power <= scale.Highest; power++)
        {
            foreach (var factor in (double[])[1, 2, 5])
            {
                var seconds = factor * Math.Pow(10, power);
                if (factor > 1 && power == scale.Highest)
                {
                    continue;
                }

                Line(svg, $"""<path d="M{Left} {scale.Y(seconds):0.#}H{Right}" stroke="#ddd"/><text x="{Left - 8}" y="{scale.Y(seconds) + 4:0.#}" text-anchor="end">{seconds:0.##} s</text>""");
            }
        }

        Line(svg, $"""<text x="{(Left + Right) / 2}" y="{Bottom + 38}" text-anchor="middle">hosts</text>""");
    }

    private static void Curve(StringBuilder svg, Scale scale, string name, PlotPoint[] points, int index)
    {
        var colour = Colours[index % Colours.Length];
        var path = string.Join('L', points.Select(p => $"{scale.X(p.Hosts):0.#} {scale.Y(p.Seconds):0.#}"));
        Line(svg, $"""<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>""");
        foreach (var point in points)
        {
            Mark(svg, scale.X(point.Hosts), scale.Y(point.Seconds), colour, index);
        }

        var y = Top + 10 + (22 * index);
        Mark(svg, Right + 20, y, colour, index);
        Line(svg, $"""<text x="{Right + 32}" y="{y + 4}">{name.Replace("&", "&amp;", StringComparison.Ordinal)}</text>""");
    }

    private static void Mark(StringBuilder svg, double x, double y, string colour, int index) => Line(svg, (index % 3) switch
    {
        0 => $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5" fill="{colour}"/>""",
        1 => $"""<rect x="{x - 4.5:0.#}" y="{y - 4.5:0.#}" width="9" height="9" fill="{colour}"/>""",
        _ => $"""<path d="M{x:0.#} {y - 6:0.#}l6 11h-12z" fill="{colour}"/>""",
    });

    private static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');

    /// <summary>From hosts and seconds to places on the picture.</summary>
    private sealed record Scale(double MostHosts, int Lowest, int Highest)
    {
        public static Scale Of(IReadOnlyList<PlotPoint> points) => new(
            Math.Max(10, points.Max(p => p.Hosts)),
            (int)Math.Floor(Math.Log10(points.Min(p => p.Seconds))),
            (int)Math.Ceiling(Math.Log10(points.Max(p => p.Seconds))));

        public double X(double hosts) => Left + 10 + ((Right - Left - 20) * Math.Log10(hosts) / Math.Log10(MostHosts));

        public double Y(double seconds) => Bottom - ((Bottom - Top) * (Math.Log10(seconds) - Lowest) / Math.Max(1, Highest - Lowest));
    }
}
