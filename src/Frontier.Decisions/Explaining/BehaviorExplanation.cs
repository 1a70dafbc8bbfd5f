// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Explaining;

/// <summary>How <see cref="BehaviorMatch"/> came to its behavior.</summary>
public static class BehaviorExplanation
{
    /// <param name="path">After the default root object.</param>
    /// <param name="requested">As the viewer asked.</param>
    public static ExplainedBehavior Of(DistributionModel distribution, BehaviorModel behavior, ReadOnlySpan<byte> path, string requested)
    {
        var normal = Encoding.Latin1.GetString(MatchPath.Normalize(path, new byte[path.Length]));
        var tried = distribution.Behaviors.TakeWhile(candidate => candidate != behavior)
            .Select(candidate => new ExplainedPattern(candidate.Pattern.Text, PatternExplanation.Mismatch(candidate.Pattern.Text, normal)));
        return new ExplainedBehavior
        {
            Pattern = behavior.Pattern.Text,
            IsDefault = behavior == distribution.DefaultBehavior,
            MatchedPath = normal,
            DefaultRootObject = requested == "/" && !path.SequenceEqual("/"u8),
            Tried = [.. tried],
            ViewerProtocol = behavior.ViewerProtocol switch
            {
                ViewerProtocol.AllowAll => "allow-all",
                ViewerProtocol.HttpsOnly => "https-only",
                ViewerProtocol.RedirectToHttps => "redirect-to-https",
            },
            CachePolicy = new ExplainedPolicy(behavior.CachePolicy.Name, behavior.CachePolicy.Id),
            OriginRequestPolicy = behavior.OriginRequestPolicy is { Id.Length: > 0 } beyond ? new ExplainedPolicy(beyond.Name, beyond.Id) : null,
            ResponseHeadersPolicy = behavior.ResponseHeadersPolicy is { } headers ? new ExplainedPolicy(headers.Name, headers.Id) : null,
        };
    }
}
