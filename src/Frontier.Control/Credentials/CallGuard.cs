// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Credentials;

/// <summary>Who may call what, once it is known who calls: looking is for everybody with a key, changing for admin keys, by a request that is new. What it refuses is in the audit log.</summary>
internal sealed class CallGuard(IAuditStore audit, ReplayWindow replays, ControlOptions options, TimeProvider time)
{
    /// <summary>How many refused attempts the audit log keeps: apart from changes, so that no key without rights pushes those out.</summary>
    private const int RefusalsKept = 10_000;

    /// <summary>What a request names may be as long as a URL.</summary>
    private const int LongestName = 256;

    /// <summary>What the audit log says of this call, should it change something.</summary>
    public AuditCall Describe(SignedCall call, Operation operation) =>
        new(time.GetUtcNow(), call.Key.Id, call.Source, operation.Name, call.RequestId, options.AuditKept) { Signed = call.Fingerprint };

    /// <summary>Null when the call may be made.</summary>
    public async Task<ApiError?> RefuseAsync(SignedCall call, Operation operation, IReadOnlyDictionary<string, string> pathValues, CancellationToken cancellationToken)
    {
        if (operation.IsRead || (Judge(call, operation) ?? await FindReplayAsync(call, cancellationToken)) is not { } error)
        {
            return null;
        }

        await audit.AppendAuditAsync(
            new AuditRow
            {
                At = time.GetUtcNow(),
                AccessKeyId = call.Key.Id,
                Source = call.Source,
                Operation = operation.Name,
                RequestId = call.RequestId,
                Kind = "",
                ResourceId = NameIn(call.Request, pathValues),
                Error = error.Code,
            },
            RefusalsKept, cancellationToken);
        return error;
    }

    private ApiError? Judge(SignedCall call, Operation operation) =>
        call.Key.IsReadOnly ? ApiErrors.AccessDenied.Saying(
            $"User: arn:aws:iam::{options.AccountId}:user/{call.Key.Id} is not authorized to perform: {operation.Service}:{operation.Name} because the access key is read-only. Call with an admin key.")
        : call.Claim.IsPresigned ? ApiErrors.AccessDenied.Saying(
            $"A presigned URL may only be read from: sign {operation.Name} in its Authorization header.")
        : null;

    /// <summary>
    /// Memory knows what came to this process, made or not; the audit log what was made by any, and before this one started. The two clocks may
    /// differ, in either direction.
    /// </summary>
    private async Task<ApiError?> FindReplayAsync(SignedCall call, CancellationToken cancellationToken) =>
        replays.Admits(call.Fingerprint) && (await audit.FindCallAsync(call.Fingerprint, cancellationToken) is not { } made || (time.GetUtcNow() - made).Duration() <= ReplayWindow.Grace)
        ? null
        : ApiErrors.SignatureDoesNotMatch.Saying(
            $"This very request was made before, at {call.Claim.Timestamp}. A signed change cannot be made again later: sign it again, with the time of now.");

    /// <summary>The resource that a request means to change, as far as its URL says.</summary>
    private static string NameIn(SignableRequest request, IReadOnlyDictionary<string, string> pathValues)
    {
        var name = pathValues.Values.LastOrDefault() ?? request.QueryParameter("Resource") ?? "";
        return AuditDocument.Readable(name.Length > LongestName ? name[..LongestName] : name);
    }
}
