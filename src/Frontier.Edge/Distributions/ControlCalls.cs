// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Frontier.Edge.Distributions;

/// <summary>How an edge asks its control plane.</summary>
internal static class ControlCalls
{
    /// <summary>In bytes, where the answer says how many it has.</summary>
    private const int LongestRefusal = 4_096;

    /// <param name="read">Reads the answer, which may be read again from its beginning.</param>
    /// <exception cref="HttpRequestException">There was no answer, or one that says no.</exception>
    public static async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        this HttpClient client, string path, TQuestion question, JsonTypeInfo<TQuestion> questions, Func<Stream, TAnswer> read, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(path, question, questions, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(await RefusalOfAsync(response, cancellationToken), null, response.StatusCode);
        }

        // A large snapshot takes a second to read and compile. Here may be the thread that polls viewers' sockets (decision 0009).
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return read(await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>The control plane says what to do where it refuses a machine.</summary>
    private static async Task<string> RefusalOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reason = response.Content.Headers is { ContentType.MediaType: "text/plain", ContentLength: null or <= LongestRefusal } ? await response.Content.ReadAsStringAsync(cancellationToken) : "";
        return string.Create(CultureInfo.InvariantCulture, $"the control plane answers with status {(int)response.StatusCode}{(reason.Length > 0 ? $": {reason}" : "")}");
    }
}
