// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Domain.Certificates;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>What was requested of a certificate authority, as it is stored beside the certificate; no API shows this form.</summary>
internal static class IssuanceDocument
{
    private static readonly ImmutableArray<string> Kinds = [.. Enum.GetNames<ChallengeKind>()];

    public static Issuance Read(ElementReader root) => new()
    {
        Names = root.RequiredChild("Names").Members("Name", static name => name.Value),
        KeyAlgorithm = root.RequiredText("KeyAlgorithm"),
        IdempotencyToken = root.Text("IdempotencyToken") ?? "",
        RequestedAt = RequiredMoment(root, "RequestedAt"),
        IssuedAt = Moment(root, "IssuedAt"),
        Renewals = root.Int("Renewals", 0),
        FailureReason = root.Text("FailureReason") ?? "",
        Problem = root.Text("Problem") ?? "",
        ProblemAt = Moment(root, "ProblemAt"),
        Failures = root.Int("Failures", 0),
        Outages = root.Int("Outages", 0),
        NextAt = RequiredMoment(root, "NextAt"),
        IsRenewalAsked = root.Flag("RenewalAsked"),
        Order = root.Child("Order") is { } order ? ReadOrder(order) : null,
        Lease = root.Child("Lease") is { } lease ? new IssuanceLease(lease.RequiredText("Holder"), RequiredMoment(lease, "Until")) : null,
    };

    public static XElement Write(Issuance issuance) => Element(
        "Issuance",
        Element("Names", issuance.Names.Select(static name => Element("Name", name))),
        Element("KeyAlgorithm", issuance.KeyAlgorithm),
        Optional("IdempotencyToken", NonEmpty(issuance.IdempotencyToken)),
        Time("RequestedAt", issuance.RequestedAt),
        OptionalTime("IssuedAt", issuance.IssuedAt),
        Element("Renewals", issuance.Renewals),
        Optional("FailureReason", NonEmpty(issuance.FailureReason)),
        Optional("Problem", NonEmpty(issuance.Problem)),
        OptionalTime("ProblemAt", issuance.ProblemAt),
        Element("Failures", issuance.Failures),
        Element("Outages", issuance.Outages),
        Time("NextAt", issuance.NextAt),
        Flag("RenewalAsked", issuance.IsRenewalAsked),
        issuance.Order is { } order ? WriteOrder(order) : null,
        issuance.Lease is { } lease ? Element("Lease", Element("Holder", lease.Holder), Time("Until", lease.Until)) : null);

    private static IssuanceOrder ReadOrder(ElementReader order) => new(
        order.RequiredText("Url"),
        RequiredMoment(order, "BegunAt"),
        order.RequiredText(CertificateDocument.SealedKey),
        order.RequiredChild("Challenges").Members("Challenge", static challenge => new OrderedName(
            new ChallengeConfig(
                challenge.RequiredText("Name"), Enum.Parse<ChallengeKind>(challenge.RequiredWord("Kind", Kinds)), challenge.RequiredText("Token"), challenge.RequiredText("KeyAuthorization")),
            challenge.RequiredText("Url"))),
        order.Flag("Asked"),
        order.Int("Polls", 0));

    private static XElement WriteOrder(IssuanceOrder order) => Element(
        "Order",
        Element("Url", order.Url),
        Time("BegunAt", order.BegunAt),
        Element(CertificateDocument.SealedKey, order.SealedKey),
        Element("Challenges", order.Challenges.Select(static ordered => Element(
            "Challenge",
            Element("Name", ordered.Challenge.Name),
            Element("Kind", ordered.Challenge.Kind.ToString()),
            Element("Token", ordered.Challenge.Token),
            Element("KeyAuthorization", ordered.Challenge.KeyAuthorization),
            Element("Url", ordered.Url)))),
        Flag("Asked", order.IsAsked),
        Element("Polls", order.Polls));

    private static DateTimeOffset RequiredMoment(ElementReader root, string name) => DateTimeOffset.Parse(root.RequiredText(name), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(ElementReader root, string name) => root.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static XElement? OptionalTime(string name, DateTimeOffset? moment) => moment is { } at ? Time(name, at) : null;

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
