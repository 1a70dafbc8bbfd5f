// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Dns.Explaining;
using Frontier.OwnApi;

namespace Frontier.Explaining;

/// <summary>Why DNS answers as it does, as a terminal shows it.</summary>
internal static class DnsExplainPage
{
    private const string Unknown = "-";
    private const int LabelWidth = 14;

    public static string Text(DnsExplanation explanation)
    {
        var text = new StringBuilder();
        Line("question", $"{explanation.Question.Name} {explanation.Question.Type}, asked of {explanation.Node}, whose view of health this is");
        Line("client", $"{explanation.Question.Client}{(explanation.Network is { } network ? $", of the network {network}" : "")}");
        Line("place", PlaceOf(explanation.Place));
        foreach (var step in explanation.Steps)
        {
            Line("name", step);
        }

        if (explanation.Distribution is { } distribution)
        {
            Line("distribution", $"{distribution}, {explanation.PriceClass}");
        }

        Line("answer", explanation.Answer.IsEmpty ? "no records" : string.Create(CultureInfo.InvariantCulture, $"for {explanation.TtlSeconds} seconds"));
        foreach (var edge in explanation.Answer)
        {
            Line("", edge.Machine is null ? edge.Address : $"{edge.Address}  {edge.Machine} at {edge.Pop}");
        }

        if (explanation.Relaxed is { } relaxed)
        {
            Line("relaxed", relaxed);
        }

        if (!explanation.Pops.IsEmpty)
        {
            text.AppendLine().Append(TextTable.Of(
                ["POP", "ZONE", "VERDICT", "KM", "MS", "LOAD", "GIVEN AWAY", "ANSWERING", "WHY"],
                explanation.Pops.Select(static pop => new[]
                {
                    pop.Name, pop.Zone, pop.Verdict, pop.Kilometres is { } far ? Number(far) : Unknown, Number(pop.Milliseconds) + (pop.IsMeasured ? " measured" : ""), $"{Number(pop.LoadPercent)}%", $"{Number(100 * pop.ShedShare)}%",
                    AnsweringOf(pop), pop.Reason,
                })));
        }

        return text.ToString().TrimEnd();

        void Line(string label, string value) => text.Append(label.PadRight(LabelWidth)).AppendLine(value);
    }

    private static string PlaceOf(ExplainedPlace? place) => place is null
        ? "not known: no database of places has it, so every point of presence is as near, and clients are spread over all"
        : string.Join(", ", new[]
        {
            place.City, place.Region, place.Country,
            place is { Latitude: { } latitude, Longitude: { } longitude } ? $"{Number(latitude)} {Number(longitude)}" : "about the middle of the country",
        }.Where(static part => part is not null));

    /// <summary>How many of its machines were seen to answer; where nobody asks, what the control plane says.</summary>
    private static string AnsweringOf(ExplainedPop pop) =>
        string.Create(CultureInfo.InvariantCulture, $"{pop.Machines.Count(static machine => machine.Answers ?? machine.State is "InService")}/{pop.Machines.Length}");

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
