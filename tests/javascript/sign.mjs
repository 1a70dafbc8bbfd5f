// SPDX-License-Identifier: Apache-2.0

// Signs with AWS's own signer for JavaScript. Takes its options as JSON in the first argument, the private key from the file
// that they name, and prints { url, cookies }.
import { readFileSync } from "node:fs";
import { getSignedCookies, getSignedUrl } from "@aws-sdk/cloudfront-signer";

const { privateKeyFile, ...options } = JSON.parse(process.argv[2]);
const input = { ...options, privateKey: readFileSync(privateKeyFile, "utf8") };
console.log(JSON.stringify({ url: getSignedUrl(input), cookies: getSignedCookies(input) }));
