// SPDX-License-Identifier: Apache-2.0
// Configurations as the SDK takes them.

export const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

export const distribution = (reference, more = {}) => ({
  CallerReference: reference,
  Comment: `made by ${reference}`,
  Enabled: true,
  Origins: {
    Quantity: 1,
    Items: [{
      Id: "origin",
      DomainName: "origin.example",
      CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "X-From", HeaderValue: "a<b>&'c'" }] },
      CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only" },
    }],
  },
  DefaultCacheBehavior: { TargetOriginId: "origin", ViewerProtocolPolicy: "allow-all", CachePolicyId: cachingOptimized },
  ...more,
});

export const cachePolicy = (name, seconds = 60) => ({
  Name: name,
  MinTTL: 0,
  DefaultTTL: seconds,
  MaxTTL: 3600,
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: true,
    EnableAcceptEncodingBrotli: true,
    HeadersConfig: { HeaderBehavior: "whitelist", Headers: { Quantity: 1, Items: ["Accept-Language"] } },
    CookiesConfig: { CookieBehavior: "none" },
    QueryStringsConfig: { QueryStringBehavior: "all" },
  },
});
