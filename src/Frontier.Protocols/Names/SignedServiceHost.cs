// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Names;

/// <summary>
/// A host name of a service, other than S3, for which the edge signs by origin access control (DP-13.9, API-10.5):
/// <c>id.lambda-url.eu-west-1.on.aws</c>, <c>id.data.mediastore.eu-west-1.amazonaws.com</c>,
/// <c>id.egress.group.mediapackagev2.eu-west-1.amazonaws.com</c>, and the same under a domain of the operator's.
/// </summary>
/// <param name="Service">As signatures and origin access controls call it.</param>
public readonly record struct SignedServiceHost(string Service, string Region)
{
    private const string LambdaSuffix = "on.aws";

    /// <summary>Reads a lower-case host without port.</summary>
    /// <param name="ownDomain">Where such names are understood besides.</param>
    public static bool TryParse(string host, string ownDomain, out SignedServiceHost name)
    {
        name = default;
        if (Before(host, LambdaSuffix) is [_, "lambda-url", var region])
        {
            name = new SignedServiceHost("lambda", region);
        }
        else
        {
            name = OfLabels(Before(host, S3HostName.AwsSuffix), allowsLambda: false) ?? OfLabels(Before(host, ownDomain), allowsLambda: true) ?? default;
        }

        return name.Service is not null;
    }

    private static SignedServiceHost? OfLabels(string[] labels, bool allowsLambda) => labels switch
    {
        [_, "lambda-url", var region] when allowsLambda => new SignedServiceHost("lambda", region),
        [_, "data", "mediastore", var region] => new SignedServiceHost("mediastore", region),
        [_, .., "mediapackagev2", var region] => new SignedServiceHost("mediapackagev2", region),
        _ => null,
    };

    /// <summary>The labels in front of a suffix; none where the host does not end with it.</summary>
    private static string[] Before(string host, string suffix) =>
        host.Length > suffix.Length + 1 && host.EndsWith(suffix, StringComparison.Ordinal) && host[^(suffix.Length + 1)] == '.'
            ? host[..^(suffix.Length + 1)].Split('.')
            : [];
}
