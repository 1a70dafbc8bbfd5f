# SPDX-License-Identifier: Apache-2.0
"""Writes into the store of a stopped server.

STORE TEMPLATE COUNT POLICY SHARED   copies one distribution, with another cache policy, until there are as many as asked for
STORE TEMPLATE --change SECONDS      gives the origins of all copies another timeout, so that the next change of the template brings every one of them
"""
import random
import re
import sqlite3
import string
import sys


def copies(store, template, count, policy, shared):
    chance = random.Random(count)
    columns = [row[1] for row in store.execute("PRAGMA table_info(resource)") if row[1] != "position"]
    row = dict(zip(columns, store.execute(f"SELECT {', '.join(columns)} FROM resource WHERE kind = 'Distribution' AND id = ?", (template,)).fetchone()))
    there = store.execute("SELECT count(*) FROM resource WHERE kind = 'Distribution'").fetchone()[0]
    domain = row["domain_name"].split(".", 1)[1]
    reference = f"<CallerReference>{row['caller_reference']}</CallerReference>"
    assert reference in row["body"] and policy in row["body"], "the stored form of a distribution has changed"
    for number in range(there, count):
        name = "".join(chance.choices(string.ascii_lowercase + string.digits, k=13))
        copy = row | {
            "id": "E" + name.upper(), "domain_name": f"d{name}.{domain}", "caller_reference": f"copy-{number}",
            "body": row["body"].replace(reference, f"<CallerReference>copy-{number}</CallerReference>").replace(policy, shared),
        }
        store.execute(f"INSERT INTO resource ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", [copy[column] for column in columns])


def change(store, template, seconds):
    store.create_function("changed", 1, lambda body: re.sub(r"<OriginReadTimeout>\d+<", f"<OriginReadTimeout>{seconds}<", body))
    rows = store.execute(
        "UPDATE resource SET body = changed(body), etag = 'E' || upper(hex(randomblob(6))) || 'A' WHERE kind = 'Distribution' AND id <> ?", (template,)).rowcount
    assert rows > 0, "there is nothing to change"


path, template, what = sys.argv[1:4]
store = sqlite3.connect(path)
with store:
    change(store, template, sys.argv[4]) if what == "--change" else copies(store, template, int(what), *sys.argv[4:])
store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
