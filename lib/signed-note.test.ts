import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";

import { sha256 } from "./merkle";
import {
  isSignedBy,
  noteKey,
  readCheckpoint,
  readPrivateKey,
  signCheckpoint,
  verifierLine,
} from "./signed-note";

const pem = (type: "ed25519" | "x25519") => {
  const { privateKey } = type === "ed25519" ? generateKeyPairSync(type) : generateKeyPairSync(type);
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
};

function givenSigned() {
  const { privateKey, publicKey } = readPrivateKey(pem("ed25519"));
  const key = noteKey("notices.example/record", publicKey);
  const checkpoint = {
    ...{ origin: key.name, size: 42, root: sha256("root") },
    sealedAt: new Date("2026-03-02T04:00:00.000Z"),
  };
  return { key, checkpoint, note: signCheckpoint(checkpoint, key, privateKey) };
}

test("key, id and signature are those of the example in c2sp.org/signed-note", () => {
  const line = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  const key = noteKey(
    "example.com/foo",
    Buffer.from(line.split("+")[2] ?? "", "base64").subarray(1),
  );
  const signature =
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
  const note = `This is an example message.\n\n— example.com/foo ${signature}\n`;
  expect(verifierLine(key)).toBe(line);
  expect(isSignedBy(note, key)).toBe(true);
  expect(isSignedBy(note.replace("example message", "exemplary one"), key)).toBe(false);
});

test("a note says what was signed, and is signed by its key alone", () => {
  const { key, checkpoint, note } = givenSigned();
  expect(note.split("\n").slice(0, 5)).toEqual([
    "notices.example/record",
    "42",
    checkpoint.root.toString("base64"),
    "sealed 2026-03-02T04:00:00.000Z",
    "",
  ]);
  expect(readCheckpoint(note)).toEqual({ ...checkpoint, keyId: key.id });
  expect(isSignedBy(note, key)).toBe(true);
  expect(isSignedBy(note, givenSigned().key)).toBe(false);
});

test("no byte of a note can be another", () => {
  const { key, note } = givenSigned();
  const bytes = Buffer.from(note);
  for (let at = 0; at < bytes.length; at += 1) {
    const mutant = Buffer.from(bytes);
    mutant[at] = (mutant[at] ?? 0) ^ (1 << (at % 7));
    const text = mutant.toString();
    expect(readCheckpoint(text) !== null && isSignedBy(text, key), `byte ${at}`).toBe(false);
  }
});

test("only an Ed25519 key is one", () => {
  expect(() => readPrivateKey(pem("x25519"))).toThrow("is no Ed25519 key");
  expect(() => readPrivateKey("nothing")).toThrow();
});
