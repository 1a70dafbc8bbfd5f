// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Control;
using Frontier.Control.Api;
using Frontier.Control.Api.Aliases;
using Frontier.Control.Api.Deployment;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Functions;
using Frontier.Control.Api.Invalidations;
using Frontier.Control.Api.KeyValueStores;
using Frontier.Control.Api.Policies;
using Frontier.Control.Api.Resources;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain.Policies;
using Frontier.Control.Domain.Validation;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Docs;

/// <summary>
/// The tables of docs/compatibility.md are made from the code that decides. With FRONTIER_UPDATE_DOCS=1 in the environment the
/// test writes them instead of comparing.
/// </summary>
public sealed class CompatibilityPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "compatibility.md");

    [Fact]
    public async Task The_tables_say_what_the_code_does()
    {
        var before = await File.ReadAllTextAsync(Page);
        var after = Replace(Replace(before, "refused settings", RefusedSettings()), "operations", OperationsTable());
        if (Environment.GetEnvironmentVariable("FRONTIER_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Page, after);
            return;
        }

        Assert.Equal(after, before);
    }

    private static string Replace(string page, string name, string table)
    {
        var (open, close) = ($"<!-- generated: {name} -->\n", $"<!-- end of {name} -->");
        var start = page.IndexOf(open, StringComparison.Ordinal);
        var end = page.IndexOf(close, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"The page has lost its markers of {name}.");
        return $"{page[..(start + open.Length)]}\n{table}\n{page[end..]}";
    }

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
        var options = new ControlOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), AccessKeys = [], OriginAccessSecret = [], EdgeToken = "" };
        var distributions = new DistributionOperations(null!, null!, null!, null!, null!, options);
        return OperationTable.Build(
            distributions,
            new PolicyOperations<CachePolicySettings>(PolicyKinds.Cache, null!, null!, null!, options),
            new PolicyOperations<OriginRequestPolicySettings>(PolicyKinds.OriginRequest, null!, null!, null!, options),
            new PolicyOperations<ResponseHeadersPolicySettings>(PolicyKinds.ResponseHeaders, null!, null!, null!, options),
            new InvalidationOperations(null!, null!, null!, null!, options, TimeProvider.System),
            new TagOperations(null!, options),
            new AliasOperations(null!, null!, options),
            new WebAclOperations(null!),
            new StagingOperations(null!, null!, options),
            new ContinuousDeploymentOperations(null!, null!, null!, options),
            new FunctionOperations(null!, null!, null!, options, TimeProvider.System),
            new KeyValueStoreOperations(null!, null!, null!, options),
            VersionedTable.Build(distributions, null!, null!, null!, options));
    }
}
