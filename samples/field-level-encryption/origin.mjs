// SPDX-License-Identifier: Apache-2.0

// An application that takes a form over HTTPS and prints what it got, as it came and decrypted, one line of JSON for each form.
// It reads the fields with the AWS Encryption SDK for JavaScript; only it has the private key.
// Arguments: port, the certificate and key it shows, the private key of the fields, and where npm has put its packages.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createRequire } from "node:module";

const [port, certificate, certificateKey, privateKey, packages] = process.argv.slice(2);
const { buildDecrypt, CommitmentPolicy, RawRsaKeyringNode } = createRequire(packages + "/")("@aws-crypto/client-node");

// Provider, name and padding as field-level encryption writes them: ProviderId of the profile, Name of the public key.
const keyring = new RawRsaKeyringNode({
  keyNamespace: "shop", keyName: "forms", rsaKey: { privateKey: readFileSync(privateKey, "utf8") }, oaepHash: "sha256",
});
// Messages of field-level encryption commit to no key; a client reads them only when told that this is known.
const { decrypt } = buildDecrypt(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);

createServer({ cert: readFileSync(certificate), key: readFileSync(certificateKey) }, async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("latin1");
    const decrypted = {};
    for (const [name, value] of new URLSearchParams(body)) {
      decrypted[name] = value.startsWith("AYAB") ? (await decrypt(keyring, Buffer.from(value, "base64"))).plaintext.toString("utf8") : value;
    }
    console.log(JSON.stringify({ framing: request.headers["transfer-encoding"] ?? "length", received: body, decrypted }));
    response.writeHead(200, { "Content-Type": "text/plain" }).end("thank you\n");
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
    if (!response.headersSent) response.writeHead(500).end();
  }
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
