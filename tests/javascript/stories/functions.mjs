// SPDX-License-Identifier: Apache-2.0
// A function through both of its stages; its source comes back byte by byte.
import assert from "node:assert/strict";
import { FunctionAlreadyExists, NoSuchFunctionExists } from "@aws-sdk/client-cloudfront";
import { cloudFront } from "../clients.mjs";

const source = (text) => new TextEncoder().encode(`function handler(event) { return event.request; } // ${text} ü\u0000`);
const FunctionConfig = { Comment: "", Runtime: "cloudfront-js-2.0" };

const made = await cloudFront.createFunction({ Name: "rewrite", FunctionConfig, FunctionCode: source("one") });
assert.equal(made.FunctionSummary.FunctionMetadata.Stage, "DEVELOPMENT");
await assert.rejects(cloudFront.createFunction({ Name: "rewrite", FunctionConfig, FunctionCode: source("two") }), FunctionAlreadyExists);

const read = await cloudFront.getFunction({ Name: "rewrite" });
assert.deepEqual(Buffer.from(read.FunctionCode), Buffer.from(source("one")));
await assert.rejects(cloudFront.getFunction({ Name: "rewrite", Stage: "LIVE" }), NoSuchFunctionExists);

await cloudFront.publishFunction({ Name: "rewrite", IfMatch: made.ETag });
const described = await cloudFront.describeFunction({ Name: "rewrite" });
const updated = await cloudFront.updateFunction({ Name: "rewrite", IfMatch: described.ETag, FunctionConfig, FunctionCode: source("two") });
assert.deepEqual(Buffer.from((await cloudFront.getFunction({ Name: "rewrite", Stage: "LIVE" })).FunctionCode), Buffer.from(source("one")));
assert.deepEqual(Buffer.from((await cloudFront.getFunction({ Name: "rewrite", Stage: "DEVELOPMENT" })).FunctionCode), Buffer.from(source("two")));

await cloudFront.deleteFunction({ Name: "rewrite", IfMatch: updated.ETag });
await assert.rejects(cloudFront.describeFunction({ Name: "rewrite" }), NoSuchFunctionExists);
