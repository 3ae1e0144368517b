import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";

import { readAudience, readFile, readFiles, readImport, readNeededFile } from "./form-files";

const BOUNDARY = "----form";
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** One part as a browser sends it: an empty field has an empty file name and no bytes. */
const part = (name: string, fileName: string, content: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n` +
  `Content-Type: application/octet-stream\r\n\r\n${content}\r\n`;

const SENT = [
  ["", ""],
  ["empty.txt", ""],
  ["来信.txt", "hello"],
] as const;

/** The form as it is read where no script runs. */
const plainForm = (name: string) =>
  new Response(
    `${SENT.map(([file, content]) => part(name, file, content)).join("")}--${BOUNDARY}--\r\n`,
    { headers: { "content-type": TYPE } },
  ).formData();

/** The names and sizes that React's own decoder makes of the parts, in a process of React's server. */
const DECODE = `
const { decodeReplyFromBusboy } = require("next/dist/compiled/react-server-dom-turbopack/server.node");
const busboy = require("next/dist/compiled/busboy")({ defParamCharset: "utf8", headers: { "content-type": process.argv[1] } });
const reply = decodeReplyFromBusboy(busboy, {}, {});
busboy.end(process.argv[2]);
reply.then(([form]) => console.log(JSON.stringify(form.getAll("file").map(({ name, size }) => [name, size]))));`;

function decodedByReact(): [name: string, size: number][] {
  const body =
    SENT.map(([file, content]) => part("_1_file", file, content)).join("") +
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--${BOUNDARY}--\r\n`;
  const printed = execFileSync(
    process.execPath,
    ["--conditions=react-server", "-e", DECODE, TYPE, body],
    { encoding: "utf8" },
  );
  return JSON.parse(printed) as [string, number][];
}

const CHOSEN = [
  { fileName: "empty.txt", bytes: new Uint8Array() },
  { fileName: "来信.txt", bytes: new TextEncoder().encode("hello") },
];

describe("a file field left empty is nothing, whatever made the form", () => {
  test("read as it came", async () => {
    expect(await readFiles(await plainForm("file"), "file")).toEqual(CHOSEN);
  });

  test("decoded by React for an action", async () => {
    const form = new FormData();
    for (const [name, size] of decodedByReact())
      form.append("file", new File(["hello".slice(0, size)], name));
    expect(await readFiles(form, "file")).toEqual(CHOSEN);
  });

  test.each([
    ["without a name", () => emptied((form, name) => form.append(name, new Blob([])))],
    [
      "with a name that is not given",
      () => emptied((form, name) => form.append(name, new Blob([]), undefined as never)),
    ],
    ["of no name", () => emptied((form, name) => form.append(name, new File([], "")))],
    ["a text in its place", () => emptied((form, name) => form.append(name, "x"))],
    ["no field at all", () => emptied(() => undefined)],
  ])("put together by hand: %s", async (_how, make) => {
    const form = make();
    expect(await readFile(form, "file")).toBeNull();
    expect(await readFiles(form, "files")).toEqual([]);
    expect(await readFile(form, "csv")).toBeNull();
    expect(await readNeededFile(form, "file")).toMatchObject({ bytes: new Uint8Array() });
    expect((await readImport(form)).bytes).toHaveLength(0);
    expect(await readAudience(form)).toMatchObject({
      named: "1400000001",
      namedFile: null,
      excludedFile: null,
    });
  });
});

/** A form with every field for a file we have, each left empty in the same way. */
function emptied(leave: (form: FormData, name: string) => void): FormData {
  const form = new FormData();
  form.append("named", "1400000001");
  for (const name of ["file", "files", "csv", "namedFile", "excludedFile"]) leave(form, name);
  return form;
}
