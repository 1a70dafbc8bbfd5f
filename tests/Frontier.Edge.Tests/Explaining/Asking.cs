// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Explaining;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>Asks an edge for explanations as the program does.</summary>
internal static class Asking
{
    extension(TestEdge edge)
    {
        public string ExplainToken => EdgeContact.Find(edge.Directory)!.Token;

        public async Task<Explanation> ExplainAsync(string target, string parameters = "", params IReadOnlyList<(string Name, string Value)> headers)
        {
            var answer = await edge.SendAsync(HttpMethod.Get, target, null, [.. headers, (ExplainQuestion.Field, edge.ExplainToken + parameters)]);
            Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
            return JsonSerializer.Deserialize(answer.Body, ExplanationJson.Default.Explanation)!;
        }
    }
}
