// SPDX-License-Identifier: Apache-2.0
// An invalidation until every edge has it.
import assert from "node:assert/strict";
import { InvalidArgument, NoSuchDistribution, NoSuchInvalidation, waitUntilInvalidationCompleted } from "@aws-sdk/client-cloudfront";
import { cloudFront, patience } from "../clients.mjs";
import { distribution } from "../documents.mjs";

const DistributionId = (await cloudFront.createDistribution({ DistributionConfig: distribution("invalidated") })).Distribution.Id;
const batch = { CallerReference: "once", Paths: { Quantity: 3, Items: ["/a", "/images/*", "/with%20space?q=1&r=2"] } };

const created = await cloudFront.createInvalidation({ DistributionId, InvalidationBatch: batch });
assert.deepEqual(created.Invalidation.InvalidationBatch, batch);
assert.ok(created.Location.endsWith(`/distribution/${DistributionId}/invalidation/${created.Invalidation.Id}`));
const again = await cloudFront.createInvalidation({ DistributionId, InvalidationBatch: batch });
assert.equal(again.Invalidation.Id, created.Invalidation.Id); // the same reference and paths: the same invalidation

const Id = created.Invalidation.Id;
assert.equal((await waitUntilInvalidationCompleted(patience, { DistributionId, Id })).state, "SUCCESS");
assert.equal((await cloudFront.getInvalidation({ DistributionId, Id })).Invalidation.Status, "Completed");
assert.equal((await cloudFront.getDistribution({ Id: DistributionId })).Distribution.InProgressInvalidationBatches, 0);

await assert.rejects(cloudFront.getInvalidation({ DistributionId, Id: "INONE" }), NoSuchInvalidation);
await assert.rejects(cloudFront.createInvalidation({ DistributionId: "ENONE", InvalidationBatch: batch }), NoSuchDistribution);
const bad = { CallerReference: "bad", Paths: { Quantity: 1, Items: ["no-slash"] } };
await assert.rejects(cloudFront.createInvalidation({ DistributionId, InvalidationBatch: bad }), InvalidArgument);
