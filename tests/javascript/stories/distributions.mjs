// SPDX-License-Identifier: Apache-2.0
// A distribution from its creation to its end: round trip, ETags, waiters, the lists that name it.
import assert from "node:assert/strict";
import {
  DistributionAlreadyExists, DistributionNotDisabled, InvalidIfMatchVersion, NoSuchDistribution, PreconditionFailed, waitUntilDistributionDeployed,
} from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { cachingOptimized, distribution } from "../documents.mjs";

const config = distribution("sdk-1", {
  Aliases: { Quantity: 2, Items: ["www.sdk.example", "*.wild.sdk.example"] },
  DefaultRootObject: "index.html",
  CacheBehaviors: {
    Quantity: 1,
    Items: [{
      PathPattern: "/old/*",
      TargetOriginId: "origin",
      ViewerProtocolPolicy: "redirect-to-https",
      AllowedMethods: { Quantity: 3, Items: ["HEAD", "GET", "OPTIONS"], CachedMethods: { Quantity: 2, Items: ["HEAD", "GET"] } },
      ForwardedValues: { QueryString: true, Cookies: { Forward: "whitelist", WhitelistedNames: { Quantity: 1, Items: ["session"] } } },
      MinTTL: 0,
    }],
  },
  CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 404, ResponsePagePath: "/404.html", ResponseCode: "200", ErrorCachingMinTTL: 5 }] },
});
const created = await cloudFront.createDistribution({ DistributionConfig: config });
const { Id, ARN, DomainName } = created.Distribution;
assert.match(Id, /^E[0-9A-Z]{13}$/);
assert.equal(ARN, `arn:aws:cloudfront::${ARN.split(":")[4]}:distribution/${Id}`);
assert.ok(created.Location.endsWith(`/2020-05-31/distribution/${Id}`));
assert.equal(created.$metadata.httpStatusCode, 201);
assert.ok(created.Distribution.LastModifiedTime instanceof Date);

// What came in goes out, with what was left to defaults filled in.
const read = await cloudFront.getDistributionConfig({ Id });
assert.equal(read.ETag, created.ETag);
assert.deepEqual(read.DistributionConfig.Aliases, config.Aliases);
assert.equal(read.DistributionConfig.Origins.Items[0].CustomHeaders.Items[0].HeaderValue, "a<b>&'c'");
assert.equal(read.DistributionConfig.Origins.Items[0].CustomOriginConfig.OriginReadTimeout, 30);
assert.deepEqual(read.DistributionConfig.CacheBehaviors.Items[0].ForwardedValues.Cookies, config.CacheBehaviors.Items[0].ForwardedValues.Cookies);
assert.deepEqual(read.DistributionConfig.CustomErrorResponses, config.CustomErrorResponses);

// The same reference for another configuration is refused, as is a change that does not say what it changes.
await assert.rejects(cloudFront.createDistribution({ DistributionConfig: distribution("sdk-1") }), DistributionAlreadyExists);
await assert.rejects(cloudFront.updateDistribution({ Id, DistributionConfig: read.DistributionConfig }), InvalidIfMatchVersion);
await assert.rejects(cloudFront.updateDistribution({ Id, IfMatch: "E0000000000000", DistributionConfig: read.DistributionConfig }), PreconditionFailed);

assert.equal((await waitUntilDistributionDeployed(patience, { Id })).state, "SUCCESS");
const updated = await cloudFront.updateDistribution({ Id, IfMatch: read.ETag, DistributionConfig: { ...read.DistributionConfig, Comment: "ü — changed", Enabled: false } });
assert.notEqual(updated.ETag, read.ETag);
await assert.rejects(cloudFront.updateDistribution({ Id, IfMatch: read.ETag, DistributionConfig: read.DistributionConfig }), PreconditionFailed);

const listed = (await cloudFront.listDistributions({})).DistributionList.Items.find((one) => one.Id === Id);
assert.deepEqual([listed.Comment, listed.Enabled, listed.DomainName], ["ü — changed", false, DomainName]);
assert.ok((await cloudFront.listDistributionsByCachePolicyId({ CachePolicyId: cachingOptimized })).DistributionIdList.Items.includes(Id));

await waitUntilDistributionDeployed(patience, { Id });
const other = await cloudFront.createDistribution({ DistributionConfig: distribution("sdk-2") });
await assert.rejects(cloudFront.deleteDistribution({ Id: other.Distribution.Id, IfMatch: other.ETag }), DistributionNotDisabled);
await cloudFront.deleteDistribution({ Id, IfMatch: updated.ETag });
await assert.rejects(cloudFront.getDistribution({ Id }), NoSuchDistribution);
