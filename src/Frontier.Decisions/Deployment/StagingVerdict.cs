// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Deployment;

/// <summary>What decided which side serves a request.</summary>
public enum StagingReason
{
    /// <summary>The policy's header has the value.</summary>
    Header,

    /// <summary>The policy's header is missing or has another value.</summary>
    NoHeader,

    /// <summary>The viewer's session began on this side.</summary>
    Session,

    /// <summary>The lot that was drawn for this request.</summary>
    Lot,
}

/// <param name="Session">What the viewer is to be told, so that the next request comes to this side as well; null without sessions.</param>
public readonly record struct StagingVerdict(bool IsStaging, StagingReason Reason, DeploymentSession? Session);
