// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Frontier.Edge.Distributions;

/// <summary>How an edge asks its control plane.</summary>
internal static class ControlCalls
{
    /// <exception cref="HttpRequestException">There was no answer, or one that says no.</exception>
    public static async Task<TAnswer?> AskAsync<TQuestion, TAnswer>(
        this HttpClient client, string path, TQuestion question, JsonTypeInfo<TQuestion> questions, JsonTypeInfo<TAnswer> answers, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(path, question, questions, cancellationToken);
        response.EnsureSuccessStatusCode();

        // A large snapshot takes a second to read and compile. Here may be the thread that polls viewers' sockets (decision 0009).
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await response.Content.ReadFromJsonAsync(answers, cancellationToken);
    }
}
