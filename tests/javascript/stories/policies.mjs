// SPDX-License-Identifier: Apache-2.0
// Policies of all three kinds and an origin access control: made, used, kept as long as they are, and gone.
import assert from "node:assert/strict";
import { CachePolicyInUse, IllegalUpdate, NoSuchCachePolicy, OriginAccessControlInUse, waitUntilDistributionDeployed } from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { cachePolicy, cachingOptimized, distribution } from "../documents.mjs";

const cache = await cloudFront.createCachePolicy({ CachePolicyConfig: cachePolicy("mine") });
const request = await cloudFront.createOriginRequestPolicy({
  OriginRequestPolicyConfig: {
    Name: "to-origin",
    HeadersConfig: { HeaderBehavior: "whitelist", Headers: { Quantity: 1, Items: ["X-Sent"] } },
    CookiesConfig: { CookieBehavior: "all" },
    QueryStringsConfig: { QueryStringBehavior: "none" },
  },
});
const response = await cloudFront.createResponseHeadersPolicy({
  ResponseHeadersPolicyConfig: {
    Name: "to-viewer",
    CorsConfig: {
      AccessControlAllowOrigins: { Quantity: 1, Items: ["https://app.example"] },
      AccessControlAllowHeaders: { Quantity: 1, Items: ["*"] },
      AccessControlAllowMethods: { Quantity: 2, Items: ["GET", "HEAD"] },
      AccessControlAllowCredentials: false,
      OriginOverride: true,
    },
    CustomHeadersConfig: { Quantity: 1, Items: [{ Header: "X-Served-By", Value: "edge; q=\"1\"", Override: false }] },
    SecurityHeadersConfig: { StrictTransportSecurity: { Override: true, AccessControlMaxAgeSec: 300, IncludeSubdomains: true } },
  },
});
const control = await cloudFront.createOriginAccessControl({
  OriginAccessControlConfig: { Name: "oac", OriginAccessControlOriginType: "s3", SigningBehavior: "always", SigningProtocol: "sigv4" },
});

const used = {
  Origins: { Quantity: 1, Items: [{ Id: "bucket", DomainName: "files.s3.us-east-1.amazonaws.com", S3OriginConfig: { OriginAccessIdentity: "" }, OriginAccessControlId: control.OriginAccessControl.Id }] },
  DefaultCacheBehavior: {
    TargetOriginId: "bucket",
    ViewerProtocolPolicy: "allow-all",
    CachePolicyId: cache.CachePolicy.Id,
    OriginRequestPolicyId: request.OriginRequestPolicy.Id,
    ResponseHeadersPolicyId: response.ResponseHeadersPolicy.Id,
  },
};
const { Distribution } = await cloudFront.createDistribution({ DistributionConfig: distribution("policies", used) });
assert.equal(Distribution.DistributionConfig.Origins.Items[0].OriginAccessControlId, control.OriginAccessControl.Id);

for (const list of [
  cloudFront.listDistributionsByCachePolicyId({ CachePolicyId: cache.CachePolicy.Id }),
  cloudFront.listDistributionsByOriginRequestPolicyId({ OriginRequestPolicyId: request.OriginRequestPolicy.Id }),
  cloudFront.listDistributionsByResponseHeadersPolicyId({ ResponseHeadersPolicyId: response.ResponseHeadersPolicy.Id }),
]) {
  assert.deepEqual((await list).DistributionIdList.Items, [Distribution.Id]);
}

// Changed while it is in use: the distribution is deployed with it.
const changed = await cloudFront.updateCachePolicy({ Id: cache.CachePolicy.Id, IfMatch: cache.ETag, CachePolicyConfig: cachePolicy("mine", 120) });
assert.equal(changed.CachePolicy.CachePolicyConfig.DefaultTTL, 120);
await assert.rejects(cloudFront.deleteCachePolicy({ Id: cache.CachePolicy.Id, IfMatch: changed.ETag }), CachePolicyInUse);
await assert.rejects(cloudFront.deleteOriginAccessControl({ Id: control.OriginAccessControl.Id, IfMatch: control.ETag }), OriginAccessControlInUse);
const managed = await cloudFront.getCachePolicy({ Id: cachingOptimized });
await assert.rejects(cloudFront.updateCachePolicy({ Id: cachingOptimized, IfMatch: managed.ETag, CachePolicyConfig: managed.CachePolicy.CachePolicyConfig }), IllegalUpdate);

const { ETag, DistributionConfig } = await cloudFront.getDistributionConfig({ Id: Distribution.Id });
const off = await cloudFront.updateDistribution({ Id: Distribution.Id, IfMatch: ETag, DistributionConfig: { ...DistributionConfig, Enabled: false } });
await waitUntilDistributionDeployed(patience, { Id: Distribution.Id });
await cloudFront.deleteDistribution({ Id: Distribution.Id, IfMatch: off.ETag });
await cloudFront.deleteCachePolicy({ Id: cache.CachePolicy.Id, IfMatch: changed.ETag });
await cloudFront.deleteOriginRequestPolicy({ Id: request.OriginRequestPolicy.Id, IfMatch: request.ETag });
await cloudFront.deleteResponseHeadersPolicy({ Id: response.ResponseHeadersPolicy.Id, IfMatch: response.ETag });
await cloudFront.deleteOriginAccessControl({ Id: control.OriginAccessControl.Id, IfMatch: control.ETag });
await assert.rejects(cloudFront.getCachePolicy({ Id: cache.CachePolicy.Id }), NoSuchCachePolicy);
const mine = (await cloudFront.listCachePolicies({ Type: "custom" })).CachePolicyList;
assert.equal(mine.Quantity, 0);
