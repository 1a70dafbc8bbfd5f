// SPDX-License-Identifier: Apache-2.0
// Public keys, key groups, an origin access identity, field-level encryption, real-time logs, a monitoring subscription.
import assert from "node:assert/strict";
import { InvalidArgument, NoSuchMonitoringSubscription, NoSuchRealtimeLogConfig, PublicKeyInUse, waitUntilDistributionDeployed } from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { distribution } from "../documents.mjs";
import { rsaPublicKey } from "../keys.mjs";

const EncodedKey = rsaPublicKey();
const { PublicKey, ETag } = await cloudFront.createPublicKey({ PublicKeyConfig: { CallerReference: "key", Name: "signer", EncodedKey } });
assert.equal(PublicKey.PublicKeyConfig.EncodedKey.trim(), EncodedKey.trim());
await assert.rejects(cloudFront.createPublicKey({ PublicKeyConfig: { CallerReference: "bad", Name: "bad", EncodedKey: "no key" } }), InvalidArgument);
const group = await cloudFront.createKeyGroup({ KeyGroupConfig: { Name: "signers", Items: [PublicKey.Id] } });
await assert.rejects(cloudFront.deletePublicKey({ Id: PublicKey.Id, IfMatch: ETag }), PublicKeyInUse);
assert.deepEqual((await cloudFront.listKeyGroups({})).KeyGroupList.Items.map((item) => item.KeyGroup.KeyGroupConfig.Items), [[PublicKey.Id]]);

const profile = await cloudFront.createFieldLevelEncryptionProfile({
  FieldLevelEncryptionProfileConfig: {
    Name: "cards",
    CallerReference: "cards",
    EncryptionEntities: { Quantity: 1, Items: [{ PublicKeyId: PublicKey.Id, ProviderId: "shop", FieldPatterns: { Quantity: 1, Items: ["card*"] } }] },
  },
});
assert.equal(profile.FieldLevelEncryptionProfile.FieldLevelEncryptionProfileConfig.EncryptionEntities.Items[0].ProviderId, "shop");
await cloudFront.deleteFieldLevelEncryptionProfile({ Id: profile.FieldLevelEncryptionProfile.Id, IfMatch: profile.ETag });
await cloudFront.deleteKeyGroup({ Id: group.KeyGroup.Id, IfMatch: group.ETag });
await cloudFront.deletePublicKey({ Id: PublicKey.Id, IfMatch: ETag });

const identity = await cloudFront.createCloudFrontOriginAccessIdentity({ CloudFrontOriginAccessIdentityConfig: { CallerReference: "identity", Comment: "" } });
assert.match(identity.CloudFrontOriginAccessIdentity.S3CanonicalUserId, /^[0-9a-f]{96}$/);
await cloudFront.deleteCloudFrontOriginAccessIdentity({ Id: identity.CloudFrontOriginAccessIdentity.Id, IfMatch: identity.ETag });

const EndPoints = [{ StreamType: "Kinesis", KinesisStreamConfig: { RoleARN: "arn:aws:iam::123456789012:role/logs", StreamARN: "arn:aws:kinesis:us-east-1:123456789012:stream/logs" } }];
const logs = await cloudFront.createRealtimeLogConfig({ Name: "logs", SamplingRate: 50, Fields: ["timestamp", "c-ip"], EndPoints });
assert.deepEqual((await cloudFront.getRealtimeLogConfig({ ARN: logs.RealtimeLogConfig.ARN })).RealtimeLogConfig.Fields, ["timestamp", "c-ip"]);
await cloudFront.deleteRealtimeLogConfig({ Name: "logs" });
await assert.rejects(cloudFront.getRealtimeLogConfig({ Name: "logs" }), NoSuchRealtimeLogConfig);

// A subscription goes with its distribution (API-6.18).
const made = await cloudFront.createDistribution({ DistributionConfig: distribution("monitored", { Enabled: false }) });
const DistributionId = made.Distribution.Id;
const MonitoringSubscription = { RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: "Enabled" } };
await cloudFront.createMonitoringSubscription({ DistributionId, MonitoringSubscription });
assert.deepEqual((await cloudFront.getMonitoringSubscription({ DistributionId })).MonitoringSubscription, MonitoringSubscription);
await cloudFront.deleteMonitoringSubscription({ DistributionId });
await assert.rejects(cloudFront.getMonitoringSubscription({ DistributionId }), NoSuchMonitoringSubscription);
await cloudFront.createMonitoringSubscription({ DistributionId, MonitoringSubscription });
await waitUntilDistributionDeployed(patience, { Id: DistributionId });
await cloudFront.deleteDistribution({ Id: DistributionId, IfMatch: made.ETag });
