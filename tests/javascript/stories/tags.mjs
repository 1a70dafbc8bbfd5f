// SPDX-License-Identifier: Apache-2.0
// Tags: with the creation, set, replaced, taken away; of distributions, functions and key value stores.
import assert from "node:assert/strict";
import { InvalidTagging, NoSuchResource } from "@aws-sdk/client-cloudfront";
import { cloudFront } from "../clients.mjs";
import { distribution } from "../documents.mjs";

const of = async (Resource) => Object.fromEntries((await cloudFront.listTagsForResource({ Resource })).Tags.Items.map((tag) => [tag.Key, tag.Value]));

const made = await cloudFront.createDistributionWithTags({
  DistributionConfigWithTags: { DistributionConfig: distribution("tagged"), Tags: { Items: [{ Key: "team", Value: "web" }, { Key: "empty", Value: "" }] } },
});
const Resource = made.Distribution.ARN;
assert.deepEqual(await of(Resource), { team: "web", empty: "" });
await cloudFront.tagResource({ Resource, Tags: { Items: [{ Key: "team", Value: "shop" }, { Key: "größe", Value: "1 + 1 = 2" }] } });
await cloudFront.untagResource({ Resource, TagKeys: { Items: ["empty", "never"] } });
assert.deepEqual(await of(Resource), { team: "shop", größe: "1 + 1 = 2" });

await assert.rejects(cloudFront.tagResource({ Resource, Tags: { Items: [{ Key: "aws:mine", Value: "x" }] } }), InvalidTagging);
await assert.rejects(cloudFront.listTagsForResource({ Resource: Resource.replace(made.Distribution.Id, "ENONE") }), NoSuchResource);

const store = await cloudFront.createKeyValueStore({ Name: "tagged" });
await cloudFront.tagResource({ Resource: store.KeyValueStore.ARN, Tags: { Items: [{ Key: "k", Value: "v" }] } });
assert.deepEqual(await of(store.KeyValueStore.ARN), { k: "v" });
