// SPDX-License-Identifier: Apache-2.0
// The SDK's clients as an application makes them. FRONTIER_API says where the control API is, and FRONTIER_DNS where DNS is answered; the key comes from the environment
// by the names the SDK knows.
import http from "node:http";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { CloudFrontKeyValueStore } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { Route53 } from "@aws-sdk/client-route-53";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import "@aws-sdk/signature-v4a"; // registers the signer that key value stores need

const endpoint = process.env.FRONTIER_API;
const address = new URL(endpoint);

export const cloudFront = new CloudFront({ endpoint, region: "us-east-1", maxAttempts: 1 });

export const route53 = new Route53({ endpoint, region: "us-east-1", maxAttempts: 1 });

// The client puts the account before the host: 000000000000.frontier.localhost. Names below localhost are this machine, which not
// every resolver knows.
const here = (name, options, found) => options.all ? found(null, [{ address: address.hostname, family: 4 }]) : found(null, address.hostname, 4);

export const keyValues = (more = {}) => new CloudFrontKeyValueStore({
  endpoint: `http://frontier.localhost:${address.port}`,
  region: "us-east-1",
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({ httpAgent: new http.Agent({ keepAlive: true, lookup: here }) }),
  ...more,
});

/** How often and how long a waiter asks: seconds. */
export const patience = { client: cloudFront, minDelay: 1, maxDelay: 1, maxWaitTime: 60 };
