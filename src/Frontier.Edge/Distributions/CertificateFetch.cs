// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Distributions;

/// <summary>Asks the control plane for the certificates that a snapshot names and the edge lacks. Used by the feed's loop alone.</summary>
internal sealed class CertificateFetch(HttpClient client, HeldCertificates held)
{
    /// <summary>Ids of what a snapshot names and could not be had; empty in the end, mostly.</summary>
    public async Task<ImmutableArray<string>> CompleteAsync(ConfigSnapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var ids in held.Lacking(snapshot).Chunk(CertificateRequest.MostIds))
        {
            var answer = await client.AskAsync(
                CertificateRequest.Path, new CertificateRequest { Ids = [.. ids] }, ContractsJson.Default.CertificateRequest,
                static body => JsonSerializer.Deserialize(body, ContractsJson.Default.CertificateAnswer), cancellationToken);
            held.Take(answer?.Certificates ?? []);
        }

        return held.Lacking(snapshot);
    }
}
