# SPDX-License-Identifier: Apache-2.0
"""Calls to the control plane's APIs."""
import configparser
import datetime
import hashlib
import hmac
import http.client
import sys

PATIENCE = 120  # seconds for one change, the first of ten thousand distributions on a busy machine among them


class Api:
    """Signed calls over one connection (Signature Version 4)."""

    def __init__(self, address, credentials):
        self._address = address
        self._connection = http.client.HTTPConnection(address, timeout=PATIENCE)
        file = configparser.ConfigParser()
        file.read(credentials)
        self._id, self._secret = file["default"]["aws_access_key_id"], file["default"]["aws_secret_access_key"]

    def call(self, method, path, body=b"", etag=None, service="cloudfront", headers=None, query=""):
        stamp = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        signed = {"host": self._address, "x-amz-date": stamp}
        signed |= {name.lower(): value for name, value in (headers or {}).items() if name.lower().startswith("x-amz-")}
        names = ";".join(sorted(signed))
        canonical = f"{method}\n{path}\n{query}\n" + "".join(f"{name}:{signed[name]}\n" for name in sorted(signed)) + f"\n{names}\n{digest}"
        scope = f"{stamp[:8]}/us-east-1/{service}/aws4_request"
        key = ("AWS4" + self._secret).encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        headers = {
            **(headers or {}),
            "Host": self._address, "X-Amz-Date": stamp, "Content-Type": (headers or {}).get("Content-Type", "application/xml"),
            "Authorization": f"AWS4-HMAC-SHA256 Credential={self._id}/{scope}, SignedHeaders={names}, Signature={signature}",
        }
        if etag:
            headers["If-Match"] = etag
        self._connection.request(method, f"{path}?{query}" if query else path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            sys.exit(f"{method} {path}: {answer.status} {content.decode(errors='replace')}")
        return answer.getheader("ETag"), content
