// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";

/** A new key, as PEM. */
export const rsaPublicKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
