# SPDX-License-Identifier: Apache-2.0
"""Copies one distribution of a stopped server's store, with another cache policy, until there are as many as asked for."""
import random
import sqlite3
import string
import sys

path, template, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
policy, shared = sys.argv[4:]  # of the first, and of its copies
chance = random.Random(count)
store = sqlite3.connect(path)
columns = [row[1] for row in store.execute("PRAGMA table_info(resource)") if row[1] != "position"]
row = dict(zip(columns, store.execute(f"SELECT {', '.join(columns)} FROM resource WHERE kind = 'Distribution' AND id = ?", (template,)).fetchone()))
there = store.execute("SELECT count(*) FROM resource WHERE kind = 'Distribution'").fetchone()[0]
domain = row["domain_name"].split(".", 1)[1]
reference = f"<CallerReference>{row['caller_reference']}</CallerReference>"
assert reference in row["body"] and policy in row["body"], "the stored form of a distribution has changed"
with store:
    for number in range(there, count):
        name = "".join(chance.choices(string.ascii_lowercase + string.digits, k=13))
        copy = row | {
            "id": "E" + name.upper(), "domain_name": f"d{name}.{domain}", "caller_reference": f"copy-{number}",
            "body": row["body"].replace(reference, f"<CallerReference>copy-{number}</CallerReference>").replace(policy, shared),
        }
        store.execute(f"INSERT INTO resource ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", [copy[column] for column in columns])
store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
