// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Api;

/// <summary>What an operation is about.</summary>
internal enum S3Scope
{
    Service,
    Bucket,
    Object,
}

/// <summary>One operation of the API.</summary>
/// <param name="SubResource">The query parameter that selects it; null for the plain one of its method.</param>
/// <param name="Header">A request header that must be present beside; null for none.</param>
/// <param name="Action">What a policy calls it; null for the owner's alone.</param>
internal sealed record S3Operation(
    string Name, S3Scope Scope, string Method, string? SubResource, string? Action, Func<S3Exchange, Task<S3Fault?>> RunAsync, string? Header = null);
