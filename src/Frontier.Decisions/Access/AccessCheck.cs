// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Access;

/// <summary>What a behavior says to a request before anything is looked up.</summary>
public enum AccessVerdict
{
    Allowed,

    /// <summary>403: the distribution is not served where the viewer is (DP-23.2).</summary>
    CountryBlocked,

    /// <summary>301 for GET and HEAD.</summary>
    MovedToHttps,

    /// <summary>307 for the other methods, so that the viewer repeats it with its body (DP-4.2).</summary>
    TemporarilyMovedToHttps,

    /// <summary>403: http on an https-only behavior, or a redirect that an HTTP/1.0 viewer might not understand.</summary>
    HttpsOnly,

    /// <summary>403: DP-4.3, DP-4.4.</summary>
    MethodNotAllowed,

    /// <summary>403: DP-4.5.</summary>
    BodyNotAllowed,

    /// <summary>403: it has passed two distributions already (DP-2.11).</summary>
    Loop,
}

/// <summary>Protocol policy, methods and loops (§4, DP-2.11).</summary>
public static class AccessCheck
{
    /// <summary>A request may pass this many distributions, not more (DP-2.11).</summary>
    public const int MaxDistributions = 2;

    public static AccessVerdict Decide(RequestHead request, BehaviorModel behavior, bool hasBody)
    {
        if (!request.IsHttps && behavior.ViewerProtocol is not ViewerProtocol.AllowAll)
        {
            return Upgrade(request, behavior.ViewerProtocol);
        }

        if (!behavior.AllowedMethods.Contains(request.Method))
        {
            return AccessVerdict.MethodNotAllowed;
        }

        if (hasBody && (request.Method is RequestMethod.Get or RequestMethod.Head))
        {
            return AccessVerdict.BodyNotAllowed;
        }

        return PassedDistributions(request.Headers) >= MaxDistributions ? AccessVerdict.Loop : AccessVerdict.Allowed;
    }

    /// <summary>How many times our name stands in CDN-Loop (RFC 8586, section 2).</summary>
    public static int PassedDistributions(HeaderList headers)
    {
        var passed = 0;
        for (var i = headers.IndexOf("cdn-loop"u8); i >= 0; i = headers.IndexOf("cdn-loop"u8, i + 1))
        {
            var reader = new DirectiveReader(headers.Value(i));
            while (reader.MoveNext())
            {
                var name = reader.Name;
                var parameters = name.IndexOf((byte)';');
                passed += (parameters < 0 ? name : name[..parameters].TrimEnd(" \t"u8)).SequenceEqual("CloudFront"u8) ? 1 : 0;
            }
        }

        return passed;
    }

    private static AccessVerdict Upgrade(RequestHead request, ViewerProtocol policy)
    {
        if (policy is ViewerProtocol.HttpsOnly)
        {
            return AccessVerdict.HttpsOnly;
        }

        var repeatable = request.Version is HttpVersion.Http10 ? AccessVerdict.HttpsOnly : AccessVerdict.TemporarilyMovedToHttps;
        return request.Method switch
        {
            RequestMethod.Get or RequestMethod.Head => AccessVerdict.MovedToHttps,
            RequestMethod.Options or RequestMethod.Post or RequestMethod.Put or RequestMethod.Patch or RequestMethod.Delete => repeatable,
            RequestMethod.Other => AccessVerdict.MethodNotAllowed,
        };
    }
}
