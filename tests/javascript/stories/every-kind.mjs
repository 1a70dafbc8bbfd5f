// SPDX-License-Identifier: Apache-2.0
// The same life for every kind of resource: made, read in both forms, changed, refused when the change is stale, listed, gone. Then
// what only some kinds can, and the lists of distributions that use something. At the end every operation that the other stories
// leave out has been called.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { EntityNotFound, InvalidArgument, InvalidIfMatchVersion, PreconditionFailed, waitUntilDistributionDeployed } from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { cachePolicy, distribution } from "../documents.mjs";
import { rsaPublicKey } from "../keys.mjs";

const called = new Set();
cloudFront.middlewareStack.add((next, context) => async (args) => {
  called.add(context.commandName.replace(/Command$/, ""));
  return next(args);
}, { step: "initialize" });

/** Whether all that was sent is in what was read; defaults come on top of it. */
const contains = (whole, part) =>
  Array.isArray(part) ? Array.isArray(whole) && whole.length === part.length && part.every((item, at) => contains(whole[at], item))
    : part !== null && typeof part === "object" ? Object.entries(part).every(([key, value]) => contains(whole?.[key], value))
      : isDeepStrictEqual(whole, part);
const assertContains = (whole, part) => assert.ok(contains(whole, part), `${JSON.stringify(whole)} does not say ${JSON.stringify(part)}`);

/** What a list calls its items' ids: some kinds stand in an element of their own. */
const idsOf = (list, shape) => list.Items.map((item) => (item[shape] ?? item).Id);

/**
 * Takes a resource from its creation to just before its end.
 * @param shape what the resource is called in answers; its operations are Create…, Get… and so on of that name, where nothing else is said
 * @param first its configuration, and second another one it is changed to
 */
async function live({ shape, first, second, config = `${shape}Config`, verb = shape, plural = `${verb}s`, list = `${shape}List` }) {
  const made = await cloudFront[`create${verb}`]({ [config]: first });
  const { Id } = made[shape];
  assertContains(made[shape][config], first);
  const read = await cloudFront[`get${shape}`]({ Id });
  assert.equal(read.ETag, made.ETag);
  assertContains(read[shape][config], first);
  const before = await cloudFront[`get${shape}Config`]({ Id });
  assert.equal(before.ETag, made.ETag);
  assertContains(before[config], first);

  const update = (IfMatch) => cloudFront[`update${verb}`]({ Id, IfMatch, [config]: second });
  await assert.rejects(update(undefined), InvalidIfMatchVersion);
  const changed = await update(made.ETag);
  assert.notEqual(changed.ETag, made.ETag);
  assertContains(changed[shape][config], second);
  await assert.rejects(update(made.ETag), PreconditionFailed);

  assert.ok(idsOf((await cloudFront[`list${plural}`]({}))[list], shape).includes(Id));
  const remove = async () => {
    await assert.rejects(cloudFront[`delete${verb}`]({ Id, IfMatch: made.ETag }), PreconditionFailed);
    await cloudFront[`delete${verb}`]({ Id, IfMatch: changed.ETag });
    await assert.rejects(cloudFront[`get${shape}`]({ Id }), (error) => error.$metadata.httpStatusCode === 404);
  };
  return { Id, ETag: changed.ETag, resource: changed[shape], remove };
}

const named = (config, more) => ({ first: config, second: { ...config, ...more } });
const selection = (name) => ({
  Name: name, Comment: "", HeadersConfig: { HeaderBehavior: "allViewer" }, CookiesConfig: { CookieBehavior: "all" }, QueryStringsConfig: { QueryStringBehavior: "all" },
});
const frame = (option) => ({ FrameOptions: { Override: true, FrameOption: option } });

const lives = [
  await live({ shape: "CachePolicy", plural: "CachePolicies", first: cachePolicy("kind", 60), second: cachePolicy("kind", 61) }),
  await live({ shape: "OriginRequestPolicy", plural: "OriginRequestPolicies", ...named(selection("kind"), { Comment: "changed" }) }),
  await live({
    shape: "ResponseHeadersPolicy", plural: "ResponseHeadersPolicies",
    first: { Name: "kind", SecurityHeadersConfig: frame("DENY") }, second: { Name: "kind", SecurityHeadersConfig: frame("SAMEORIGIN") },
  }),
  await live({
    shape: "OriginAccessControl",
    ...named({ Name: "kind", SigningProtocol: "sigv4", SigningBehavior: "always", OriginAccessControlOriginType: "s3" }, { SigningBehavior: "no-override" }),
  }),
  await live({ shape: "CloudFrontOriginAccessIdentity", plural: "CloudFrontOriginAccessIdentities", ...named({ CallerReference: "kind", Comment: "one" }, { Comment: "two" }) }),
];

// What builds on one another goes in the opposite order.
const key = await live({ shape: "PublicKey", ...named({ CallerReference: "kind", Name: "kind", EncodedKey: rsaPublicKey(), Comment: "one" }, { Comment: "two" }) });
const group = await live({ shape: "KeyGroup", ...named({ Name: "kind", Items: [key.Id] }, { Comment: "changed" }) });
const entity = (pattern) => ({ Quantity: 1, Items: [{ PublicKeyId: key.Id, ProviderId: "shop", FieldPatterns: { Quantity: 1, Items: [pattern] } }] });
const profile = await live({
  shape: "FieldLevelEncryptionProfile", ...named({ Name: "kind", CallerReference: "kind", EncryptionEntities: entity("card*") }, { EncryptionEntities: entity("number") }),
});
const encryption = await live({
  shape: "FieldLevelEncryption", config: "FieldLevelEncryptionConfig", verb: "FieldLevelEncryptionConfig",
  ...named({
    CallerReference: "kind",
    ContentTypeProfileConfig: {
      ForwardWhenContentTypeIsUnknown: false,
      ContentTypeProfiles: { Quantity: 1, Items: [{ Format: "URLEncoded", ContentType: "application/x-www-form-urlencoded", ProfileId: profile.Id }] },
    },
    QueryArgProfileConfig: { ForwardWhenQueryArgProfileIsUnknown: true, QueryArgProfiles: { Quantity: 1, Items: [{ QueryArg: "profile", ProfileId: profile.Id }] } },
  }, { Comment: "changed" }),
});

// Streaming distributions, which nobody serves and everybody can still read, change and delete.
const streamingConfig = { CallerReference: "kind", S3Origin: { DomainName: "media.s3.amazonaws.com", OriginAccessIdentity: "" }, Comment: "one", TrustedSigners: { Enabled: false, Quantity: 0 }, Enabled: false };
const streaming = await live({ shape: "StreamingDistribution", ...named(streamingConfig, { Comment: "two" }) });
const tagged = await cloudFront.createStreamingDistributionWithTags({
  StreamingDistributionConfigWithTags: { StreamingDistributionConfig: { ...streamingConfig, CallerReference: "tagged" }, Tags: { Items: [{ Key: "team", Value: "video" }] } },
});
const tags = await cloudFront.listTagsForResource({ Resource: tagged.StreamingDistribution.ARN });
assert.deepEqual(tags.Tags.Items, [{ Key: "team", Value: "video" }]);
await cloudFront.deleteStreamingDistribution({ Id: tagged.StreamingDistribution.Id, IfMatch: tagged.ETag });

// A continuous deployment policy needs a staging distribution.
const signed = distribution("user", { Enabled: false, Aliases: { Quantity: 1, Items: ["moves.kind.example"] } });
signed.DefaultCacheBehavior.TrustedKeyGroups = { Enabled: true, Quantity: 1, Items: [group.Id] };
const user = await cloudFront.createDistribution({ DistributionConfig: signed });
const other = await cloudFront.createDistribution({ DistributionConfig: distribution("other") });
const staging = await cloudFront.copyDistribution({ PrimaryDistributionId: other.Distribution.Id, Staging: true, CallerReference: "staging", IfMatch: other.ETag });
const traffic = (Value) => ({
  StagingDistributionDnsNames: { Quantity: 1, Items: [staging.Distribution.DomainName] }, Enabled: true,
  TrafficConfig: { Type: "SingleHeader", SingleHeaderConfig: { Header: "aws-cf-cd-try", Value } },
});
lives.push(await live({ shape: "ContinuousDeploymentPolicy", plural: "ContinuousDeploymentPolicies", first: traffic("yes"), second: traffic("maybe") }));

// Real-time log configurations are named in bodies and have no ETags; a function has its stages.
const EndPoints = [{ StreamType: "Kinesis", KinesisStreamConfig: { RoleARN: "arn:aws:iam::123456789012:role/logs", StreamARN: "arn:aws:kinesis:us-east-1:123456789012:stream/logs" } }];
const logs = (await cloudFront.createRealtimeLogConfig({ Name: "kind", SamplingRate: 50, Fields: ["timestamp"], EndPoints })).RealtimeLogConfig;
const resampled = await cloudFront.updateRealtimeLogConfig({ ARN: logs.ARN, Name: "kind", SamplingRate: 7, Fields: ["c-ip", "timestamp"], EndPoints });
assertContains(resampled.RealtimeLogConfig, { SamplingRate: 7, Fields: ["c-ip", "timestamp"] });
assertContains((await cloudFront.listRealtimeLogConfigs({})).RealtimeLogConfigs.Items, [{ Name: "kind", SamplingRate: 7 }]);
assert.equal((await cloudFront.listDistributionsByRealtimeLogConfig({ RealtimeLogConfigArn: logs.ARN })).DistributionList.Quantity, 0);
await cloudFront.deleteRealtimeLogConfig({ ARN: logs.ARN });
const made = await cloudFront.createFunction({ Name: "kind", FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" }, FunctionCode: new TextEncoder().encode("function handler(event) {}") });
assertContains((await cloudFront.listFunctions({ Stage: "DEVELOPMENT" })).FunctionList.Items, [{ Name: "kind" }]);
await cloudFront.deleteFunction({ Name: "kind", IfMatch: made.ETag });

// An alias moves, and whom it belongs to is told by the end of an id.
const conflicts = async (id) => (await cloudFront.listConflictingAliases({ DistributionId: id, Alias: "*.kind.example" })).ConflictingAliasesList;
assertContains((await conflicts(other.Distribution.Id)).Items, [{ Alias: "moves.kind.example", DistributionId: `*******${user.Distribution.Id.slice(-7)}` }]);
await cloudFront.associateAlias({ TargetDistributionId: other.Distribution.Id, Alias: "moves.kind.example" });
assert.equal((await conflicts(other.Distribution.Id)).Quantity, 0);
assert.equal((await conflicts(user.Distribution.Id)).Quantity, 1);

// Lists of distributions that use something, and of things that there are none of.
const ids = (list) => list.Items.map((one) => one.Id ?? one).sort();
const all = [user, other, staging].map((one) => one.Distribution.Id).sort();
assert.deepEqual(ids((await cloudFront.listDistributionsByKeyGroup({ KeyGroupId: group.Id })).DistributionIdList), [user.Distribution.Id]);
assert.deepEqual(ids((await cloudFront.listDistributionsByWebACLId({ WebACLId: "null" })).DistributionList), all);
assert.deepEqual(ids((await cloudFront.listDistributionsByConnectionMode({ ConnectionMode: "direct" })).DistributionList), all);
await assert.rejects(cloudFront.listDistributionsByVpcOriginId({ VpcOriginId: "vo_none" }), EntityNotFound);
await assert.rejects(cloudFront.listDistributionsByAnycastIpListId({ AnycastIpListId: "aip_none" }), EntityNotFound);
await assert.rejects(cloudFront.listDistributionsByConnectionFunction({ ConnectionFunctionIdentifier: "none" }), EntityNotFound);
const { ETag } = await cloudFront.getDistribution({ Id: user.Distribution.Id });
const WebACLArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/1";
await assert.rejects(cloudFront.associateDistributionWebACL({ Id: user.Distribution.Id, IfMatch: ETag, WebACLArn }), (error) => error instanceof InvalidArgument && error.message.includes("WebACLId"));
await assert.rejects(cloudFront.disassociateDistributionWebACL({ Id: user.Distribution.Id, IfMatch: ETag }), EntityNotFound);

await waitUntilDistributionDeployed(patience, { Id: user.Distribution.Id });
await cloudFront.deleteDistribution({ Id: user.Distribution.Id, IfMatch: ETag });
for (const one of [...lives, streaming, encryption, profile, group, key]) {
  await one.remove();
}

const here = `
AssociateAlias AssociateDistributionWebACL CreateFieldLevelEncryptionConfig CreateStreamingDistribution CreateStreamingDistributionWithTags
DeleteContinuousDeploymentPolicy DeleteFieldLevelEncryptionConfig DeleteStreamingDistribution DisassociateDistributionWebACL GetCachePolicyConfig
GetCloudFrontOriginAccessIdentity GetCloudFrontOriginAccessIdentityConfig GetContinuousDeploymentPolicyConfig GetFieldLevelEncryption
GetFieldLevelEncryptionConfig GetFieldLevelEncryptionProfile GetFieldLevelEncryptionProfileConfig GetKeyGroup GetKeyGroupConfig
GetOriginAccessControl GetOriginAccessControlConfig GetOriginRequestPolicy GetOriginRequestPolicyConfig GetPublicKey GetPublicKeyConfig
GetResponseHeadersPolicy GetResponseHeadersPolicyConfig GetStreamingDistribution GetStreamingDistributionConfig
ListCloudFrontOriginAccessIdentities ListConflictingAliases ListContinuousDeploymentPolicies ListDistributionsByAnycastIpListId
ListDistributionsByConnectionFunction ListDistributionsByConnectionMode ListDistributionsByKeyGroup ListDistributionsByRealtimeLogConfig
ListDistributionsByVpcOriginId ListDistributionsByWebACLId ListFieldLevelEncryptionConfigs ListFieldLevelEncryptionProfiles ListFunctions
ListOriginAccessControls ListOriginRequestPolicies ListRealtimeLogConfigs ListResponseHeadersPolicies ListStreamingDistributions
UpdateCloudFrontOriginAccessIdentity UpdateContinuousDeploymentPolicy UpdateFieldLevelEncryptionConfig UpdateFieldLevelEncryptionProfile
UpdateKeyGroup UpdateOriginAccessControl UpdateOriginRequestPolicy UpdatePublicKey UpdateRealtimeLogConfig UpdateResponseHeadersPolicy
UpdateStreamingDistribution`.trim().split(/\s+/);
assert.deepEqual(here.filter((operation) => !called.has(operation)), []);
