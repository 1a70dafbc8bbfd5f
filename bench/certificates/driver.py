# SPDX-License-Identifier: Apache-2.0
"""Brings many certificates to a control plane, and looks at all of them at its edge.

make       writes COUNT certificates of one authority, for n0.example and so on, with one key
bring      imports them and makes a distribution with an alias for each; prints milliseconds of one import and of one distribution
shake      shakes hands for each name once, in turn; prints milliseconds: mean, p50 and p99
"""
import argparse
import base64
import json
import os
import socket
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "rig"))
from signed_api import Api

POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"  # AWS's managed CachingOptimized
DISTRIBUTION = """<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>c{number}</CallerReference>
<Aliases><Quantity>1</Quantity><Items><CNAME>n{number}.example</CNAME></Items></Aliases><Comment></Comment><Enabled>true</Enabled>
<ViewerCertificate><ACMCertificateArn>{arn}</ACMCertificateArn><SSLSupportMethod>sni-only</SSLSupportMethod><MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion></ViewerCertificate>
<Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>localhost</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort>
<OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin></Items></Origins>
<DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{policy}</CachePolicyId></DefaultCacheBehavior>
</DistributionConfig>"""


def make(options):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, cwd=options.directory, stderr=subprocess.DEVNULL)

    for name in ("ca", "key"):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
    openssl("req", "-x509", "-key", "ca.key", "-subj", "/CN=Bench", "-days", "30", "-out", "ca.pem")
    for number in range(options.count):
        openssl("req", "-x509", "-CA", "ca.pem", "-CAkey", "ca.key", "-key", "key.key", "-subj", f"/CN=n{number}.example", "-days", "20",
                "-addext", f"subjectAltName=DNS:n{number}.example", "-addext", "basicConstraints=critical,CA:FALSE", "-out", f"n{number}.pem")


def bring(options):
    api = Api(options.api, options.credentials)
    read = lambda name: open(os.path.join(options.directory, name), "rb").read()
    key = base64.b64encode(read("key.key")).decode()
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "CertificateManager.ImportCertificate"}
    arns, begun = [], time.monotonic()
    for number in range(options.count):
        body = json.dumps({"Certificate": base64.b64encode(read(f"n{number}.pem")).decode(), "PrivateKey": key}).encode()
        arns.append(json.loads(api.call("POST", "/", body, service="acm", headers=headers)[1])["CertificateArn"])
    imported = time.monotonic()
    for number, arn in enumerate(arns):
        api.call("POST", "/2020-05-31/distribution", DISTRIBUTION.format(number=number, arn=arn, policy=POLICY).encode())
    made = time.monotonic()
    print(f"{1000 * (imported - begun) / options.count:.1f} {1000 * (made - imported) / options.count:.1f}")


def shake(options):
    host, port = options.edge.rsplit(":", 1)
    context = ssl.create_default_context(cafile=os.path.join(options.directory, "ca.pem"))
    took = []
    for number in range(options.count):
        begun = time.monotonic()
        with socket.create_connection((host, int(port)), timeout=60) as plain, context.wrap_socket(plain, server_hostname=f"n{number}.example"):
            took.append(1000 * (time.monotonic() - begun))  # verified: it is that name's own certificate
    took.sort()
    print(f"{sum(took) / len(took):.2f} {took[len(took) // 2]:.2f} {took[len(took) * 99 // 100]:.2f}")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("what", choices=["make", "bring", "shake"])
parser.add_argument("--count", type=int, required=True)
parser.add_argument("--directory", required=True)
parser.add_argument("--api")
parser.add_argument("--credentials")
parser.add_argument("--edge")
options = parser.parse_args()
{"make": make, "bring": bring, "shake": shake}[options.what](options)
