// SPDX-License-Identifier: Apache-2.0
// A key value store and its pairs, signed with version 4A as CloudFront demands it, and with version 4.
import assert from "node:assert/strict";
import { EntityAlreadyExists, EntityNotFound } from "@aws-sdk/client-cloudfront";
import { paginateListKeys, ResourceNotFoundException, ValidationException } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { cloudFront, keyValues } from "../clients.mjs";

const made = await cloudFront.createKeyValueStore({ Name: "settings", Comment: "flags" });
await assert.rejects(cloudFront.createKeyValueStore({ Name: "settings" }), EntityAlreadyExists);
const KvsARN = made.KeyValueStore.ARN;

const signed = [];
const client = keyValues();
client.middlewareStack.add((next) => async (args) => {
  signed.push([args.request.headers.authorization.split(" ")[0], args.request.headers["x-amz-region-set"], args.request.hostname]);
  return next(args);
}, { step: "finalizeRequest", priority: "low" });

let { ETag, ItemCount } = await client.describeKeyValueStore({ KvsARN });
assert.equal(ItemCount, 0);
assert.deepEqual(signed[0], ["AWS4-ECDSA-P256-SHA256", "*", `${KvsARN.split(":")[4]}.frontier.localhost`]);

const oddKey = "a/b c?d=ü&%41";
({ ETag } = await client.putKey({ KvsARN, IfMatch: ETag, Key: oddKey, Value: "one\ntwo \"three\" 💡" }));
assert.equal((await client.getKey({ KvsARN, Key: oddKey })).Value, "one\ntwo \"three\" 💡");
await assert.rejects(client.putKey({ KvsARN, IfMatch: "stale", Key: "b", Value: "2" }), ValidationException);
await assert.rejects(client.getKey({ KvsARN, Key: "none" }), ResourceNotFoundException);

const Puts = Array.from({ length: 25 }, (_, number) => ({ Key: `k${String(number).padStart(2, "0")}`, Value: `${number}` }));
const many = await client.updateKeys({ KvsARN, IfMatch: ETag, Puts, Deletes: [{ Key: oddKey }] });
assert.equal(many.ItemCount, 25);
const listed = [];
for await (const page of paginateListKeys({ client, pageSize: 10 }, { KvsARN })) {
  assert.ok(page.Items.length <= 10);
  listed.push(...page.Items.map((item) => [item.Key, item.Value]));
}
assert.deepEqual(listed, Puts.map((put) => [put.Key, put.Value]));
({ ETag } = await client.deleteKey({ KvsARN, IfMatch: many.ETag, Key: "k00" }));
await assert.rejects(client.deleteKey({ KvsARN, IfMatch: ETag, Key: "k00" }), ResourceNotFoundException);
assert.ok(signed.every(([algorithm]) => algorithm === "AWS4-ECDSA-P256-SHA256"));

// A key that may not call: nothing is changed and the SDK says why.
const stranger = keyValues({ credentials: { accessKeyId: "AKIASTRANGER", secretAccessKey: "no" } });
await assert.rejects(stranger.putKey({ KvsARN, IfMatch: ETag, Key: "k00", Value: "x" }), { $fault: "client" });

const described = await cloudFront.describeKeyValueStore({ Name: "settings" });
const renamed = await cloudFront.updateKeyValueStore({ Name: "settings", IfMatch: described.ETag, Comment: "flags and more" });
assert.equal(renamed.KeyValueStore.Comment, "flags and more");
await cloudFront.deleteKeyValueStore({ Name: "settings", IfMatch: renamed.ETag });
await assert.rejects(cloudFront.describeKeyValueStore({ Name: "settings" }), EntityNotFound);
await assert.rejects(client.describeKeyValueStore({ KvsARN }), ResourceNotFoundException);
