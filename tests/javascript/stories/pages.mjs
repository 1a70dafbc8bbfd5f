// SPDX-License-Identifier: Apache-2.0
// Lists in pages: the SDK's paginators bring every item once, in pages no longer than asked for.
import assert from "node:assert/strict";
import { paginateListDistributions, paginateListInvalidations, paginateListKeyValueStores, paginateListPublicKeys } from "@aws-sdk/client-cloudfront";
import { cloudFront } from "../clients.mjs";
import { distribution } from "../documents.mjs";
import { rsaPublicKey } from "../keys.mjs";

const pages = async (paginator, pick) => {
  const found = [];
  for await (const page of paginator) {
    found.push(pick(page));
  }
  return found;
};

const ids = [];
for (let number = 0; number < 5; number++) {
  ids.push((await cloudFront.createDistribution({ DistributionConfig: distribution(`page-${number}`) })).Distribution.Id);
}
const distributions = await pages(paginateListDistributions({ client: cloudFront, pageSize: 2 }, {}), (page) => page.DistributionList.Items.map((one) => one.Id));
assert.deepEqual(distributions.map((page) => page.length), [2, 2, 1]);
assert.deepEqual(distributions.flat().sort(), [...ids].sort());

const invalidations = [];
for (let number = 0; number < 3; number++) {
  const batch = { CallerReference: `r${number}`, Paths: { Quantity: 1, Items: [`/${number}`] } };
  invalidations.unshift((await cloudFront.createInvalidation({ DistributionId: ids[0], InvalidationBatch: batch })).Invalidation.Id);
}
const listed = await pages(paginateListInvalidations({ client: cloudFront, pageSize: 2 }, { DistributionId: ids[0] }), (page) => page.InvalidationList.Items.map((one) => one.Id));
assert.deepEqual(listed, [invalidations.slice(0, 2), invalidations.slice(2)]); // newest first

for (const name of ["one", "two", "three"]) {
  await cloudFront.createKeyValueStore({ Name: name });
}
const stores = await pages(paginateListKeyValueStores({ client: cloudFront, pageSize: 2 }, {}), (page) => page.KeyValueStoreList.Items.map((one) => one.Name));
assert.deepEqual(stores.flat().sort(), ["one", "three", "two"]);

const keys = [];
for (const name of ["a", "b", "c"]) {
  keys.push((await cloudFront.createPublicKey({ PublicKeyConfig: { CallerReference: name, Name: name, EncodedKey: rsaPublicKey() } })).PublicKey.Id);
}
assert.deepEqual((await pages(paginateListPublicKeys({ client: cloudFront, pageSize: 1 }, {}), (page) => page.PublicKeyList.Items.map((one) => one.Id))).flat().sort(), keys.sort());
