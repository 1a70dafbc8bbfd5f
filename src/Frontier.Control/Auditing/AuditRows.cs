// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml.Linq;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Auditing;

/// <summary>Makes the entries of the audit log, for every store alike: a store knows what was there before, and this what may be told of it.</summary>
public static class AuditRows
{
    /// <param name="before">The resource as it was; null for a creation.</param>
    public static AuditRow Of(AuditCall call, ResourceChange change, ResourceRow? before)
    {
        var after = change.Verb == ChangeVerb.Delete ? null : change.Row;
        return New(call, change.Row.Kind.ToString(), change.Row.Id) with
        {
            ETagBefore = before?.ETag,
            ETagAfter = after?.ETag,
            Before = before is null ? null : AuditDocument.OfResource(before.Body),
            After = after is null ? null : AuditDocument.OfResource(after.Body),
        };
    }

    /// <param name="before">Every tag of the resource as it was.</param>
    public static AuditRow Of(AuditCall call, TagChange change, IReadOnlyCollection<TagRow> before)
    {
        var after = before.Where(tag => !change.Remove.Contains(tag.Key) && change.Set.All(set => set.Key != tag.Key)).Concat(change.Set).OrderBy(static tag => tag.Key, StringComparer.Ordinal);
        return New(call, change.Kind.ToString(), change.Id) with { Before = Write(before), After = Write(after) };
    }

    public static AuditRow Of(AuditCall call, InvalidationRow added) => New(call, "Invalidation", added.DistributionId) with
    {
        After = AuditDocument.Write(Element(
            "Invalidation", Element("Id", added.Id), Element("CallerReference", added.CallerReference), Element("Paths", added.Paths.Select(static path => Element("Path", path))))),
    };

    /// <summary>Values may be anything, also secrets of functions: keys are told, and how long what they got is.</summary>
    public static AuditRow Of(AuditCall call, KeyValueChange change, KeyValueHead before, KeyValueHead after) => New(call, nameof(ResourceKind.KeyValueStore), change.StoreId) with
    {
        ETagBefore = before.ETag,
        ETagAfter = after.ETag,
        Before = AuditDocument.Write(Element("KeyValueStore", Totals(before))),
        After = AuditDocument.Write(Element(
            "KeyValueStore",
            Totals(after),
            change.Puts.Select(static put => Element("Put", Element("Key", AuditDocument.Readable(put.Key)), Element("ValueBytes", Encoding.UTF8.GetByteCount(put.Value)))),
            change.Deletes.Select(static key => Element("Delete", Element("Key", AuditDocument.Readable(key)))))),
    };

    /// <param name="before">The record sets as they were that the edit removes or replaces.</param>
    public static AuditRow Of(AuditCall call, RecordSetEdit edit, IReadOnlyCollection<RecordSetRow> before) => New(call, nameof(ResourceKind.HostedZone), edit.ZoneId) with
    {
        Before = Write(before),
        After = Write(edit.Put),
    };

    public static AuditRow Of(AuditCall call, AccessKeyRow? before, AccessKeyRow? after) => New(call, "AccessKey", (after ?? before)!.Id) with
    {
        Before = before is null ? null : Write(before),
        After = after is null ? null : Write(after),
    };

    public static AuditRow Of(AuditCall call, SharedSwap swap) => New(call, "Installation", swap.Name) with
    {
        Before = swap.Expected is null ? null : AuditDocument.Write(Element("Value", swap.Expected)),
        After = AuditDocument.Write(Element("Value", swap.Value)),
    };

    private static AuditRow New(AuditCall call, string kind, string id) => new()
    {
        At = call.At,
        AccessKeyId = call.AccessKeyId,
        Source = call.Source,
        Operation = call.Operation,
        RequestId = call.RequestId,
        Signed = call.Signed,
        Kind = kind,
        ResourceId = id,
    };

    private static string Write(IReadOnlyCollection<RecordSetRow> rows) =>
        AuditDocument.Write(Element("ResourceRecordSets", rows.Select(static row => Element("ResourceRecordSet", AuditDocument.Readable(row.Document)))));

    private static string Write(IEnumerable<TagRow> tags) =>
        AuditDocument.Write(Element("Tags", tags.Select(static tag => Element("Tag", Element("Key", tag.Key), Element("Value", tag.Value)))));

    private static string Write(AccessKeyRow key) => AuditDocument.Write(Element(
        "AccessKey",
        Element("Id", key.Id),
        Element("Role", key.Role),
        Element("Status", key.IsActive ? "Active" : "Inactive"),
        Element("Description", key.Description)));

    private static IEnumerable<XElement> Totals(KeyValueHead head) => [Element("ItemCount", head.ItemCount), Element("TotalBytes", head.TotalBytes)];
}
