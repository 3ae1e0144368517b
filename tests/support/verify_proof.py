"""Checks a proof with Python's own library and openssl alone, by no line of ours: python3 verify_proof.py proof.json"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def committed(part):
    return sha(bytes.fromhex(part["salt"]), canonical(part["value"])).hex()


def root_of(leaf, place, size, siblings):
    last, node = size - 1, leaf
    for sibling in siblings:
        if last == 0:
            raise ValueError("the way is too long")
        if place % 2 == 1 or place == last:
            node = sha(b"\1", sibling, node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = sha(b"\1", node, sibling)
        place, last = place // 2, last // 2
    if last:
        raise ValueError("the way is too short")
    return node


def check(proof):
    entry = proof["entry"]
    assert committed(proof["who"]) == entry["who"], "who"
    assert proof["what"] is None or committed(proof["what"]) == entry["what"], "what"
    leaf = sha(b"\0", canonical(entry))
    assert leaf.hex() == proof["leaf"], "entry"
    text, line = proof["checkpoint"].split("\n\n")
    origin, size, root, _ = text.split("\n")
    siblings = [bytes.fromhex(one) for one in proof["inclusion"]]
    assert root_of(leaf, entry["place"], int(size), siblings) == base64.b64decode(root), "inclusion"
    _, name, signature = line.strip().split(" ")
    signature = base64.b64decode(signature)
    key = base64.b64decode(proof["key"]["publicKey"])
    assert origin == name == proof["key"]["name"], "name"
    assert sha(name.encode(), b"\n\1", key)[:4] == signature[:4], "key"
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "key": bytes.fromhex("302a300506032b6570032100") + key,
            "text": (text + "\n").encode(),
            "signature": signature[4:],
        }
        for file, content in files.items():
            with open(f"{folder}/{file}", "wb") as handle:
                handle.write(content)
        openssl = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER"]
        inputs = ["-inkey", f"{folder}/key", "-in", f"{folder}/text", "-sigfile", f"{folder}/signature"]
        subprocess.run(openssl + inputs, check=True, capture_output=True)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf8") as given:
        check(json.load(given))
