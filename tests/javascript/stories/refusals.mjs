// SPDX-License-Identifier: Apache-2.0
// What is refused comes to the SDK's user as the error of its own kind, with a message that says what to do.
import assert from "node:assert/strict";
import { CloudFront, InvalidArgument, NoSuchDistribution, NoSuchOrigin } from "@aws-sdk/client-cloudfront";
import { cloudFront } from "../clients.mjs";
import { distribution } from "../documents.mjs";

await assert.rejects(cloudFront.getDistribution({ Id: "ENONE" }), (error) => {
  assert.ok(error instanceof NoSuchDistribution);
  assert.equal(error.$metadata.httpStatusCode, 404);
  assert.ok(error.$metadata.requestId.length > 0);
  assert.ok(error.message.length > 0);
  return true;
});

const behavior = distribution("bad").DefaultCacheBehavior;
await assert.rejects(cloudFront.createDistribution({ DistributionConfig: distribution("bad", { DefaultCacheBehavior: { ...behavior, TargetOriginId: "nowhere" } }) }), NoSuchOrigin);
await assert.rejects(
  cloudFront.createDistribution({ DistributionConfig: distribution("bad", { WebACLId: "arn:aws:wafv2:us-east-1:1:global/webacl/x/1" }) }),
  (error) => error instanceof InvalidArgument && error.message.includes("WebACLId"));

const wrong = (credentials) => new CloudFront({ endpoint: process.env.FRONTIER_API, region: "us-east-1", maxAttempts: 1, credentials });
await assert.rejects(wrong({ accessKeyId: "AKIASTRANGER", secretAccessKey: "no" }).listDistributions({}), { name: "InvalidClientTokenId" });
await assert.rejects(wrong({ accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: "no" }).listDistributions({}), { name: "SignatureDoesNotMatch" });
await assert.rejects(cloudFront.listVpcOrigins({}), { name: "NotImplemented" });
assert.equal((await cloudFront.listDistributions({})).DistributionList.Quantity, 0);
