// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Control.OwnApi;
using Frontier.Control.Planning;
using Frontier.OwnApi;

namespace Frontier.Planning;

/// <summary>Asks the control plane for a plan. A log goes there in parts, of which only one is in memory; what comes of them is summed up.</summary>
/// <param name="config">The file with the configuration.</param>
/// <param name="id">Null: the distribution with the configuration's CallerReference, or a new one.</param>
internal sealed class PlanQuestion(string config, string? id, IReadOnlyList<string> logs)
{
    /// <summary>With a line of the longest more, each byte of it escaped, this is still less than the MiB that the API takes.</summary>
    private const int PartBytes = 256 * 1024;

    /// <summary>A configuration of the most that the API takes.</summary>
    private const int LongestConfig = 1 << 20;

    /// <summary>What JSON takes for a character that is escaped.</summary>
    private const int EscapedBytes = 6;

    /// <exception cref="ApiException">A file cannot be read, or the control plane does not answer, or refuses.</exception>
    public async Task<PlanDocument> AskAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var question = ReadConfig();
        var part = new List<string>();
        var bytes = 0;
        PlanDocument? plan = null;
        foreach (var log in logs)
        {
            var (fields, knowsFields) = ("", false);
            await foreach (var line in LogLines.ReadAsync(log, cancellationToken))
            {
                if (bytes > PartBytes)
                {
                    plan = Join(plan, await SendAsync(client, question with { Log = part }, cancellationToken));
                    (part, bytes, knowsFields) = ([], 0, false);
                }

                if (!knowsFields && fields.Length > 0)
                {
                    part.Add(fields); // every part says by itself what the fields are
                }

                (fields, knowsFields) = (line.StartsWith("#Fields:", StringComparison.Ordinal) ? line : fields, true);
                part.Add(line);
                bytes += JsonBytes(line);
            }
        }

        return plan is null || part.Count > 0 ? Join(plan, await SendAsync(client, question with { Log = part }, cancellationToken)) : plan;
    }

    private Task<PlanDocument> SendAsync(ApiClient client, PlanRequest question, CancellationToken cancellationToken) => client.PostAsync(
        id is null ? "plan" : $"distributions/{Uri.EscapeDataString(id)}/plan", question, OwnJson.Default.PlanRequest, null, OwnJson.Default.PlanDocument, cancellationToken);

    /// <summary>The plan is the same for every part, as long as nobody changes the distribution meanwhile.</summary>
    private static PlanDocument Join(PlanDocument? before, PlanDocument part)
    {
        if (before is not null && before.ETag != part.ETag)
        {
            throw new ApiException("The distribution was changed while its log was being replayed. Plan again.");
        }

        return before?.Replay is { } sum && part.Replay is { } more ? before with { Replay = sum.Plus(more) } : part;
    }

    private PlanRequest ReadConfig()
    {
        try
        {
            var text = new FileInfo(config).Length <= LongestConfig ? File.ReadAllText(config) : throw new ApiException($"{config} has more than a MiB, which the API does not take either: give a DistributionConfig.");
            return text.AsSpan().TrimStart().StartsWith('<') ? new PlanRequest { DistributionConfigXml = text }
                : JsonNode.Parse(text) is JsonObject json ? new PlanRequest { DistributionConfig = json }
                : throw new JsonException("It is no object.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"{config} cannot be read: {error.Message} Name the file of the configuration with --distribution-config.", error);
        }
        catch (JsonException error)
        {
            throw new ApiException($"{config} is neither XML nor JSON: {error.Message}", error);
        }
    }

    /// <summary>At most what a line takes in the question.</summary>
    private static int JsonBytes(string line) => line.Sum(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '/' or '_' or '%' or '=' or ':' or ' ' or '(' or ')' or ';' or ',' ? 1 : EscapedBytes);
}
