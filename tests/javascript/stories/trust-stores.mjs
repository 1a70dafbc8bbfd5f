// SPDX-License-Identifier: Apache-2.0
// A trust store from its bundle to its end, and the distribution that asks its viewers for certificates. FRONTIER_BUCKETS says where
// the bucket server is; the authority is made with openssl.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { CannotDeleteEntityWhileInUse, EntityAlreadyExists, EntityNotFound, InvalidArgument, PreconditionFailed, waitUntilDistributionDeployed } from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { distribution } from "../documents.mjs";

class Sha256 {
  constructor(secret) { this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret); }
  update(data) { this.hash.update(data); }
  async digest() { return this.hash.digest(); }
}

const signer = new SignatureV4({
  service: "s3", region: "us-east-1", sha256: Sha256, uriEscapePath: false,
  credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY },
});

async function put(path, body = "") {
  const { protocol, hostname, port, host } = new URL(process.env.FRONTIER_BUCKETS);
  const headers = { host, "x-amz-content-sha256": createHash("sha256").update(body).digest("hex") };
  const signed = await signer.sign({ method: "PUT", protocol, hostname, port: Number(port), path, query: {}, headers, body });
  const { host: _, ...sent } = signed.headers;
  assert.equal((await fetch(`${process.env.FRONTIER_BUCKETS}${path}`, { method: "PUT", headers: sent, body })).status, 200);
}

const authority = (name) => execFileSync("openssl", [
  "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", `/CN=${name}`, "-keyout", "/dev/null",
], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const source = { CaCertificatesBundleS3Location: { Bucket: "authorities", Key: "viewers.pem", Region: "us-east-1" } };
await assert.rejects(cloudFront.createTrustStore({ Name: "viewers", CaCertificatesBundleSource: source }), (error) => error instanceof InvalidArgument && /answered 404/.test(error.message));
await put("/authorities");
await put("/authorities/viewers.pem", authority("one") + authority("two"));

const made = await cloudFront.createTrustStore({ Name: "viewers", CaCertificatesBundleSource: source, Tags: { Items: [{ Key: "team", Value: "edge" }] } });
const { Id, Arn } = made.TrustStore;
assert.deepEqual([made.TrustStore.Name, made.TrustStore.Status, made.TrustStore.NumberOfCaCertificates], ["viewers", "active", 2]);
assert.ok(made.TrustStore.LastModifiedTime instanceof Date);
assert.equal((await cloudFront.listTagsForResource({ Resource: Arn })).Tags.Items[0].Value, "edge");
await assert.rejects(cloudFront.createTrustStore({ Name: "viewers", CaCertificatesBundleSource: source }), EntityAlreadyExists);
await assert.rejects(cloudFront.createTrustStore({ Name: "asks", CaCertificatesBundleSource: source, UseClientCertificateOCSPEndpoint: true }), InvalidArgument);
assert.equal((await cloudFront.getTrustStore({ Identifier: Id })).ETag, made.ETag);

await put("/authorities/viewers.pem", authority("three"));
await assert.rejects(cloudFront.updateTrustStore({ Id, IfMatch: "EOTHER", CaCertificatesBundleSource: source }), PreconditionFailed);
await assert.rejects(cloudFront.updateTrustStore({ Id, IfMatch: made.ETag, CaCertificatesBundleSource: source, UseClientCertificateOCSPEndpoint: true }), InvalidArgument);
const updated = await cloudFront.updateTrustStore({ Id, IfMatch: made.ETag, CaCertificatesBundleSource: source });
assert.equal(updated.TrustStore.NumberOfCaCertificates, 1);
const listed = await cloudFront.listTrustStores({ MaxItems: 10 });
assert.deepEqual(listed.TrustStoreList.map((store) => [store.Id, store.Name, store.ETag]), [[Id, "viewers", updated.ETag]]);

const config = distribution("mtls-1", { ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: Id, AdvertiseTrustStoreCaNames: true } } });
const site = await cloudFront.createDistribution({ DistributionConfig: config });
assert.deepEqual(site.Distribution.DistributionConfig.ViewerMtlsConfig, { Mode: "required", TrustStoreConfig: { TrustStoreId: Id, AdvertiseTrustStoreCaNames: true, IgnoreCertificateExpiry: false } });
await waitUntilDistributionDeployed(patience, { Id: site.Distribution.Id });
assert.equal((await cloudFront.listDistributionsByTrustStore({ TrustStoreIdentifier: Id })).DistributionList.Items[0].Id, site.Distribution.Id);
await assert.rejects(cloudFront.listDistributionsByTrustStore({ TrustStoreIdentifier: "ts_none" }), EntityNotFound);
await assert.rejects(cloudFront.deleteTrustStore({ Id, IfMatch: updated.ETag }), CannotDeleteEntityWhileInUse);

const read = await cloudFront.getDistributionConfig({ Id: site.Distribution.Id });
const { ViewerMtlsConfig: _, ...open } = read.DistributionConfig;
await cloudFront.updateDistribution({ Id: site.Distribution.Id, IfMatch: read.ETag, DistributionConfig: open });
await cloudFront.deleteTrustStore({ Id, IfMatch: updated.ETag });
await assert.rejects(cloudFront.getTrustStore({ Identifier: Id }), EntityNotFound);
