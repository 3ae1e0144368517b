"""Checks the sealed record's proofs by Python's own library: no network, no line shared with verify.mjs.

    python3 verify.py [--keys keys.json] file.json ...    keys.json is /.well-known/gaozhi/keys

A file is a proof, a list of proofs, or the proof that one checkpoint goes on from another (consistency).
Signatures are checked by the package "cryptography" where it is installed, else by openssl (3.0 or newer).
Each file gets a line: "ok", or the first part that does not hold, in the order of verify.mjs; of a list
"part:number", the number of the proof from 1.
"""

import base64
import binascii
import hashlib
import json
import re
import subprocess
import sys
import tempfile

PARTS = "format kind entry who what leaf inclusion checkpoint key".split()
INSIDE = {
    "entry": "action at place previous seq v what who".split(),
    "who": ["salt", "value"],
    "what": ["salt", "value"],
    "key": ["name", "publicKey"],
}
NOTE = re.compile(
    r"(\S+)\n([0-9]+)\n([A-Za-z0-9+/=]+)\nsealed (\S+)\n\n— (\S+) ([A-Za-z0-9+/]+={0,2})\n"
)


def canonical(value):
    """Canonical JSON (RFC 8785); names are sorted by their UTF-16 code units, as there."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{%s}" % ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names)
    if isinstance(value, list):
        return "[%s]" % ",".join(map(canonical, value))
    return json.dumps(value, ensure_ascii=False)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_hex(text):
    """Bytes have one way to be written: lower-case hex."""
    if not re.fullmatch(r"(?:[0-9a-f]{2})*", text):
        raise ValueError("written otherwise")
    return bytes.fromhex(text)


def from_base64(text):
    """The same for base64, with its padding and no bit to spare."""
    read = base64.b64decode(text, validate=True)
    if base64.b64encode(read).decode() != text:
        raise ValueError("written otherwise")
    return read


def committed(part):
    if len(part["salt"]) != 32:
        raise ValueError("another salt")
    return sha(from_hex(part["salt"]), canonical(part["value"]).encode()).hex()


def root_of(leaf, place, size, siblings):
    """RFC 9162, 2.1.3.2; None where the way is too long or too short."""
    last, node = size - 1, leaf
    for sibling in siblings:
        if last == 0:
            return None
        if place % 2 == 1 or place == last:
            node = sha(b"\1", sibling, node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = sha(b"\1", node, sibling)
        place, last = place // 2, last // 2
    return None if last else node


def note_of(proof):
    origin, size, root, _, name, signature = NOTE.fullmatch(proof["checkpoint"]).groups()
    text = proof["checkpoint"].split("\n\n")[0] + "\n"
    return origin, int(size), root, name, from_base64(signature), text.encode()


def shape_holds(proof):
    names = {part: list(proof[part]) for part in INSIDE if proof[part] is not None or part != "what"}
    entry = proof["entry"]
    return (
        list(proof) == PARTS
        and all(INSIDE[part] == has for part, has in names.items())
        and proof["format"] == "gaozhi-proof/1"
        and entry["v"] == 1
        and entry["action"].startswith(proof["kind"] + ".")
    )


def entry_holds(proof):
    return sha(b"\0", canonical(proof["entry"]).encode()).hex() == proof["leaf"]


def inclusion_holds(proof):
    _, size, root, _, _, _ = note_of(proof)
    place, siblings = proof["entry"]["place"], [from_hex(one) for one in proof["inclusion"]]
    made = root_of(from_hex(proof["leaf"]), place, size, siblings)
    return made is not None and place < size and base64.b64encode(made).decode() == root


def roots_of(earlier, later, siblings):
    """RFC 9162, 2.1.4.2: the roots of the smaller and the larger tree; None where the way is wrong."""
    size, root = earlier
    place, last = size - 1, later - 1
    if size & place == 0:
        siblings = [root] + siblings
    if not siblings:
        return None
    while place % 2 == 1:
        place, last = place // 2, last // 2
    old = made = siblings[0]
    for sibling in siblings[1:]:
        if last == 0:
            return None
        if place % 2 == 1 or place == last:
            old, made = sha(b"\1", sibling, old), sha(b"\1", sibling, made)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            made = sha(b"\1", made, sibling)
        place, last = place // 2, last // 2
    return None if last else (old, made)


def goes_on(file):
    one, other = note_of(file["earlier"]), note_of(file["later"])
    (origin, size, root), (name, larger, head) = one[:3], other[:3]
    if origin != name or not 1 <= size <= larger:
        return False
    if size == larger:
        return file["proof"] == [] and root == head
    found = roots_of((size, from_base64(root)), larger, [from_hex(one) for one in file["proof"]])
    return found is not None and [base64.b64encode(one).decode() for one in found] == [root, head]


def consistency_holds(file):
    signed_ones = [file["earlier"], file["later"]]
    return (
        file["format"] == "gaozhi-consistency/1"
        and list(file) == ["format", "earlier", "later", "proof"]
        and all(list(one) == ["checkpoint", "key"] for one in signed_ones)
        and all(list(one["key"]) == INSIDE["key"] for one in signed_ones)
    )


def key_holds(proof):
    origin, _, _, name, signature, _ = note_of(proof)
    made = sha(proof["key"]["name"].encode(), b"\n\1", from_base64(proof["key"]["publicKey"]))
    return origin == name == proof["key"]["name"] and made[:4] == signature[:4]


def signature_holds(proof):
    _, _, _, _, signature, text = note_of(proof)
    return signed(from_base64(proof["key"]["publicKey"]), signature[4:], text)


def signed(key, signature, text):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return signed_by_openssl(key, signature, text)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def signed_by_openssl(key, signature, text):
    with tempfile.TemporaryDirectory() as folder:
        # What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410).
        files = {"key": bytes.fromhex("302a300506032b6570032100") + key, "text": text, "sig": signature}
        for name, content in files.items():
            with open(f"{folder}/{name}", "wb") as handle:
                handle.write(content)
        way = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig"
        return subprocess.run(way.split(), cwd=folder, capture_output=True).returncode == 0


STEPS = {
    "shape": shape_holds,
    "who": lambda proof: committed(proof["who"]) == proof["entry"]["who"],
    "what": lambda proof: proof["what"] is None or committed(proof["what"]) == proof["entry"]["what"],
    "entry": entry_holds,
    "inclusion": inclusion_holds,
    "key": key_holds,
    "checkpoint": signature_holds,
}


CONSISTENCY = {
    "format": consistency_holds,
    "earlier": lambda file: key_holds(file["earlier"]) and signature_holds(file["earlier"]),
    "later": lambda file: key_holds(file["later"]) and signature_holds(file["later"]),
    "proof": goes_on,
}


def holds(step, proof):
    try:
        return step(proof)
    except (AttributeError, KeyError, TypeError, ValueError, binascii.Error):
        return False


def written(value):
    """What we write is written in one way, so that no byte of it can be another."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def check(content, keys=None):
    """The first part that does not hold; None where all do."""
    try:
        value = json.loads(content.decode())
        if written(value) != content:
            return "text"
    except ValueError:
        return "text"
    if isinstance(value, list):
        return check_each(value, keys)
    if isinstance(value, dict) and str(value.get("format")).startswith("gaozhi-consistency/"):
        return check_value(value, CONSISTENCY, [value.get("earlier"), value.get("later")], keys)
    return check_value(value, STEPS, [value], keys)


def check_value(value, steps, signed_ones, keys):
    for part, step in steps.items():
        if not holds(step, value):
            return part
    known = keys is None or all(one["key"]["publicKey"] in keys for one in signed_ones)
    return None if known else "stranger"


def check_each(proofs, keys):
    for number, proof in enumerate(proofs, 1):
        fault = check_value(proof, STEPS, [proof], keys)
        if fault:
            return f"{fault}:{number}"
    return None


def main(files):
    keys = None
    if files[:1] == ["--keys"]:
        with open(files[1], encoding="utf8") as given:
            keys = {key["publicKey"] for key in json.load(given)["keys"]}
        files = files[2:]
    faults = 0
    for file in files:
        with open(file, "rb") as given:
            fault = check(given.read(), keys)
        faults += fault is not None
        print(f"{fault or 'ok'} {file}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
