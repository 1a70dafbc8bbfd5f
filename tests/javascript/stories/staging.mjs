// SPDX-License-Identifier: Apache-2.0
// A staging distribution beside its primary, and its promotion: two ETags in one If-Match.
import assert from "node:assert/strict";
import { StagingDistributionInUse } from "@aws-sdk/client-cloudfront";
import { cloudFront } from "../clients.mjs";
import { distribution } from "../documents.mjs";

const primary = await cloudFront.createDistribution({ DistributionConfig: distribution("primary") });
const copy = await cloudFront.copyDistribution({ PrimaryDistributionId: primary.Distribution.Id, Staging: true, IfMatch: primary.ETag, CallerReference: "staging", Enabled: true });
assert.equal(copy.Distribution.DistributionConfig.Staging, true);
const policy = await cloudFront.createContinuousDeploymentPolicy({
  ContinuousDeploymentPolicyConfig: {
    StagingDistributionDnsNames: { Quantity: 1, Items: [copy.Distribution.DomainName] },
    Enabled: true,
    TrafficConfig: { Type: "SingleHeader", SingleHeaderConfig: { Header: "aws-cf-cd-try", Value: "yes" } },
  },
});
const attached = await cloudFront.updateDistribution({
  Id: primary.Distribution.Id,
  IfMatch: primary.ETag,
  DistributionConfig: { ...primary.Distribution.DistributionConfig, ContinuousDeploymentPolicyId: policy.ContinuousDeploymentPolicy.Id },
});
const changed = await cloudFront.updateDistribution({
  Id: copy.Distribution.Id, IfMatch: copy.ETag, DistributionConfig: { ...copy.Distribution.DistributionConfig, Comment: "next" },
});
await assert.rejects(cloudFront.deleteDistribution({ Id: copy.Distribution.Id, IfMatch: changed.ETag }), StagingDistributionInUse);

const promoted = await cloudFront.updateDistributionWithStagingConfig({
  Id: primary.Distribution.Id, StagingDistributionId: copy.Distribution.Id, IfMatch: `${attached.ETag},${changed.ETag}`,
});
assert.equal(promoted.Distribution.DistributionConfig.Comment, "next");
assert.equal(promoted.Distribution.DistributionConfig.CallerReference, "primary");
assert.equal((await cloudFront.getContinuousDeploymentPolicy({ Id: policy.ContinuousDeploymentPolicy.Id })).ContinuousDeploymentPolicy.ContinuousDeploymentPolicyConfig.Enabled, false);
