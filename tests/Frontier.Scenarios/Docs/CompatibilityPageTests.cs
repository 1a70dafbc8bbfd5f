// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Control;
using Frontier.Control.Api;
using Frontier.Control.Domain.Validation;

namespace Frontier.Scenarios.Docs;

/// <summary>The tables of docs/compatibility.md are made from the code that decides.</summary>
public sealed class CompatibilityPageTests
{
    [Fact]
    public Task The_tables_say_what_the_code_does() =>
        GeneratedPage.CompareAsync("compatibility.md", ("refused settings", RefusedSettings()), ("operations", OperationsTable()));

    private static string RefusedSettings() => UnsupportedSettings.All.Aggregate(
        new StringBuilder("| setting | why, and what to use instead |\n|---|---|\n"),
        static (text, setting) => text.Append($"| `{setting.ElementPath}` | {setting.Reason} |\n")).ToString();

    private static string OperationsTable()
    {
        var operations = Operations();
        var answered = operations.Where(static operation => operation.Handler is not null).Aggregate(
            new StringBuilder("| answered | method and path |\n|---|---|\n"),
            static (text, operation) => text.Append($"| {operation.Name} | `{operation.Method} /2020-05-31{operation.Template}` |\n"));
        var recognised = operations.Where(static operation => operation.Handler is null).Select(static operation => operation.Name).Order(StringComparer.Ordinal);
        return answered.Append("\nRecognised, and answered with 501 `NotImplemented`:\n").AppendJoin(",\n", recognised.Chunk(4).Select(static names => string.Join(", ", names))).Append(".\n").ToString();
    }

    /// <summary>The table alone is asked for; no operation is called, so none needs a store.</summary>
    private static IReadOnlyList<Operation> Operations()
    {
        var options = new ControlOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), AccessKeys = [], SecretsKey = [], OriginAccessSecret = [], EdgeToken = "" };
        return OperationTable.Build(new ApiParts(null!, null!, null!, null!, null!, null!, null!, options, TimeProvider.System));
    }
}
