// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Certificates;

namespace Frontier.Control.Acme;

/// <summary>When something is to be done for a certificate that was requested, and when it is tried again. Pure.</summary>
internal static class IssuanceSchedule
{
    /// <summary>An authority allows few failed validations of a name in an hour (Let's Encrypt: five); doubled with each, this makes four.</summary>
    private static readonly TimeSpan FirstNewOrder = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestNewOrder = TimeSpan.FromHours(3);

    private static readonly TimeSpan FirstRepeat = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestRepeat = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    /// <summary>An authority decides within seconds or minutes.</summary>
    private static readonly TimeSpan LongestOrder = TimeSpan.FromHours(1);

    /// <summary>Edges hear of challenges within a second; one that does not is either silent, and then out of service, or too old to answer.</summary>
    private static readonly TimeSpan LongestTelling = TimeSpan.FromMinutes(10);

    /// <summary>From when on a certificate is renewed: with a third of its life left.</summary>
    public static DateTimeOffset RenewsAt(CertificateDetails details) => details.NotAfter - ((details.NotAfter - details.NotBefore) / 3);

    /// <summary>Whether something is to be done for it now.</summary>
    /// <param name="isUsed">By a distribution: what nobody uses is not renewed, as at ACM, since its names may be anybody's by now.</param>
    public static bool IsDue(CertificateSettings settings, bool isUsed, DateTimeOffset now) => settings switch
    {
        { Issuance: null } => false,
        { Issuance.NextAt: var next } when next > now => false,
        { Issuance.Order: not null } => !IsHopeless(settings, now),
        { IsIssued: true } => settings.Issuance.IsRenewalAsked || (isUsed && RenewsAt(settings.Details) <= now),
        _ => settings.StatusAt(now) == CertificateStatus.PendingValidation,
    };

    /// <summary>Whether edges are to answer for it: an order that nobody waits for any more is not answered.</summary>
    public static bool IsOpen(CertificateSettings settings, DateTimeOffset now) => settings.Issuance?.Order is not null && !IsHopeless(settings, now);

    public static bool IsToldTooLong(IssuanceOrder order, DateTimeOffset now) => order.BegunAt + LongestTelling <= now;

    public static bool IsDecidedTooLate(IssuanceOrder order, DateTimeOffset now) => order.BegunAt + LongestOrder <= now;

    /// <summary>When an order that is not decided yet is looked at again.</summary>
    public static DateTimeOffset NextPoll(int polls, DateTimeOffset? retryAfter, DateTimeOffset now) => retryAfter is { } told && told > now ? told : now + Doubled(FirstPoll, polls, LongestPoll);

    /// <summary>What follows from something that went wrong.</summary>
    public static Issuance After(CertificateSettings settings, AcmeFault fault, DateTimeOffset now)
    {
        var issuance = settings.Issuance! with { Problem = $"{fault.Word}: {fault.Text}", ProblemAt = now, Lease = null };
        return fault.Kind switch
        {
            AcmeFaultKind.Later => issuance with { Outages = issuance.Outages + 1, NextAt = Later(now + Doubled(FirstRepeat, issuance.Outages, LongestRepeat), fault) },
            AcmeFaultKind.Never when !settings.IsIssued => issuance with { Order = null, FailureReason = issuance.Problem },
            AcmeFaultKind.Order or AcmeFaultKind.Never => issuance with
            {
                Order = null,
                Outages = 0,
                Failures = issuance.Failures + 1,
                NextAt = Later(now + Doubled(FirstNewOrder, issuance.Failures, LongestNewOrder), fault),
            },
        };
    }

    private static bool IsHopeless(CertificateSettings settings, DateTimeOffset now) => !settings.IsIssued && settings.StatusAt(now) != CertificateStatus.PendingValidation;

    private static DateTimeOffset Later(DateTimeOffset ours, AcmeFault fault) => fault.RetryAfter is { } told && told > ours ? told : ours;

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Min(times, 30));
        return doubled < longest ? doubled : longest;
    }
}
