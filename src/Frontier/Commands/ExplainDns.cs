// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Dns.Explaining;
using Frontier.Explaining;

namespace Frontier.Commands;

/// <summary><c>frontier explain --dns</c>: asks the DNS server running on a data directory which edges a client gets, and why.</summary>
internal static class ExplainDns
{
    private const int Answered = 0;

    /// <summary>The flags make no sense, or no server answers.</summary>
    private const int Failed = 1;

    private const int NoRecords = 2;

    public static async Task<int> RunAsync(DnsExplainSettings settings, bool json, CancellationToken cancellationToken)
    {
        foreach (var fault in settings.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (settings.Faults.Count > 0)
        {
            return Failed;
        }

        try
        {
            var explanation = await DnsExplainClient.AskAsync(Path.Combine(settings.Data, "dns"), settings.Question, TimeProvider.System, cancellationToken);
            await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(explanation, DnsExplanationJson.Default.DnsExplanation) : DnsExplainPage.Text(explanation));
            return explanation.Answer.IsEmpty ? NoRecords : Answered;
        }
        catch (IOException error)
        {
            await Console.Error.WriteLineAsync($"No DNS server answers on {settings.Data}: {error.Message.TrimEnd('.')}. Ask on the machine where it runs and as its user, and name its data directory with --data.");
            return Failed;
        }
    }
}
