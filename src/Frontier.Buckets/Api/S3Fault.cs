// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Buckets.Api;

/// <summary>Why a request failed: an error, what to say of it here, and the elements that tell more.</summary>
internal sealed record S3Fault(S3Error Error, string Message, params IReadOnlyList<KeyValuePair<string, string>> Details)
{
    [return: NotNullIfNotNull(nameof(error))]
    public static implicit operator S3Fault?(S3Error? error) => error is null ? null : new S3Fault(error, error.Message);

    public static S3Fault With(S3Error error, string element, string value) => new(error, error.Message, new KeyValuePair<string, string>(element, value));
}
