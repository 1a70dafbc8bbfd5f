// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.ViewerWorld;

/// <summary>Shares of viewers within a latency, one line for each way of choosing, as SVG.</summary>
internal static class Plot
{
    private const int Width = 720;
    private const int Height = 380;
    private const int Margin = 50;
    private const double Longest = 250;

    private static readonly string[] Colours = ["#444444", "#1b7837", "#2166ac", "#e08214", "#b2182b"];

    /// <param name="ways">Names, and latencies in order.</param>
    public static string Draw(IReadOnlyList<(string Name, double[] Sorted)> ways)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        Add(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        for (var milliseconds = 0; milliseconds <= Longest; milliseconds += 50)
        {
            Add(svg, $"<line x1=\"{X(milliseconds):0.#}\" x2=\"{X(milliseconds):0.#}\" y1=\"{Y(0):0.#}\" y2=\"{Y(1):0.#}\" stroke=\"#dddddd\"/><text x=\"{X(milliseconds):0.#}\" y=\"{Y(0) + 18:0.#}\" text-anchor=\"middle\">{milliseconds} ms</text>\n");
        }

        for (var share = 0; share <= 100; share += 25)
        {
            Add(svg, $"<line x1=\"{X(0):0.#}\" x2=\"{X(Longest):0.#}\" y1=\"{Y(share / 100.0):0.#}\" y2=\"{Y(share / 100.0):0.#}\" stroke=\"#dddddd\"/><text x=\"{X(0) - 6:0.#}\" y=\"{Y(share / 100.0) + 4:0.#}\" text-anchor=\"end\">{share} %</text>\n");
        }

        foreach (var (number, (name, sorted)) in ways.Index())
        {
            var points = string.Join(' ', Enumerable.Range(0, 201).Select(at => sorted[(int)((sorted.Length - 1) * at / 200.0)]).Index()
                .Where(static point => point.Item <= Longest).Select(static point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Item):0.#},{Y(point.Index / 200.0):0.#}")));
            Add(svg, $"<polyline fill=\"none\" stroke=\"{Colours[number]}\" stroke-width=\"2\" points=\"{points}\"/>\n");
            Add(svg, $"<text x=\"{Width - Margin - 170}\" y=\"{Y(0.45) + (number * 18):0.#}\" fill=\"{Colours[number]}\">{name}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static double X(double milliseconds) => Margin + (milliseconds / Longest * (Width - (2 * Margin)));

    private static double Y(double share) => Height - Margin - (share * (Height - (2 * Margin)));
}
