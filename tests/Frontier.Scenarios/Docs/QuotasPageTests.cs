// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Control;

namespace Frontier.Scenarios.Docs;

/// <summary>The table of docs/operations/quotas.md is that of the quotas themselves.</summary>
public sealed class QuotasPageTests
{
    [Fact]
    public Task The_table_has_every_quota_with_its_default() => GeneratedPage.CompareAsync("operations/quotas.md", ("quotas", Table()));

    private static string Table() => QuotaTable.All.Aggregate(
        new StringBuilder("| name | default | at most | what |\n|---|---:|---:|---|\n"),
        static (text, quota) => text.Append(CultureInfo.InvariantCulture, $"| `{quota.Name}` | {quota.Of(new Quotas()):N0} | {quota.Most:N0} | {quota.Meaning} |\n")).ToString();
}
