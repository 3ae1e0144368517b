import { createHash, randomBytes } from "node:crypto";
import { type BaseBlock, fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from "asn1js";
import {
  Certificate,
  ContentInfo,
  type ExtKeyUsage,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  id_ExtKeyUsage,
  MessageImprint,
  SignedData,
  type SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

import { readLimited } from "./read-limited";

/**
 * A time stamp (RFC 3161): an authority's signed word that a text was there at a moment. Asked for with a
 * nonce, and believed only if it is about this text, answers this question and is signed by a certificate
 * for time stamps that leads to one of `roots` (docs/decisions/075).
 */
export type TimeStamp = { token: Buffer; at: Date };
type Authority = { url: string; roots: readonly Certificate[] };

/** Milliseconds that an authority may take, and bytes that it may answer. */
const PATIENCE = 10_000;
const MOST = 64 * 1024;

const SHA256 = "2.16.840.1.101.3.4.2.1";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
/** Which certificate signed, by its hash: RFC 2634, 5.4 (SHA-1), and RFC 5035, 3 (any, SHA-256 unsaid). */
const SIGNING_CERTIFICATES = ["1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"];
const HASHES: Record<string, string> = {
  ...{ "1.3.14.3.2.26": "sha1", [SHA256]: "sha256" },
  ...{ "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512" },
};

/** The certificates of a PEM file, whatever stands between them. @throws where there is none */
export function readCertificates(pem: string): Certificate[] {
  const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g)];
  if (found.length === 0) throw new Error("there is no certificate in it");
  return found.map(([, base64 = ""]) => Certificate.fromBER(Buffer.from(base64, "base64")));
}

/** @throws where the authority is not there, refuses, or its word is not the one it was asked for */
export async function askTimeStamp({ url, roots }: Authority, text: string): Promise<TimeStamp> {
  // Positive and never shorter, so that it has one encoding.
  const nonce = Buffer.concat([Buffer.of(0x40), randomBytes(8)]);
  const request = new TimeStampReq({
    ...{ version: 1, certReq: true, nonce: new Integer({ valueHex: bufferOf(nonce) }) },
    messageImprint: await MessageImprint.create("SHA-256", bufferOf(Buffer.from(text))),
  });
  const answer = await fetch(url, {
    ...{ method: "POST", headers: { "content-type": "application/timestamp-query" } },
    ...{ body: request.toSchema().toBER(), redirect: "error" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status !== 200) throw new Error(`the authority answered ${answer.status}`);
  const said = await readLimited(answer, MOST);
  if (!said) throw new Error("the authority's answer is too long");
  const token = tokenOf(said);
  return { token, at: await checkTimeStamp(token, { text, roots, nonce }) };
}

/** The token as it was sent, byte for byte. */
function tokenOf(said: Buffer): Buffer {
  const { status } = TimeStampResp.fromBER(bufferOf(said));
  // Granted, or granted with modifications (RFC 3161, 2.4.2).
  if (status.status > 1) throw new Error(`the authority refused with status ${status.status}`);
  const [, token] = partsOf(fromBER(bufferOf(said)).result);
  if (!token) throw new Error("the authority granted a time stamp and sent none");
  return Buffer.from(token.valueBeforeDecodeView);
}

type About = { text: string; roots: readonly Certificate[]; nonce?: Buffer };

/** @returns the authority's time @throws where the token is not its word for this text */
export async function checkTimeStamp(token: Buffer, { text, roots, nonce }: About): Promise<Date> {
  const { signed, info } = readToken(token);
  if (!isOf(info, text)) throw new Error("the time stamp is of another text");
  if (nonce && !(info.nonce && nonce.equals(info.nonce.valueBlock.valueHexView)))
    throw new Error("the time stamp answers another question");
  const [signer, another] = signed.signerInfos;
  if (!signer || another) throw new Error("a time stamp has one signature");
  const certificate = await signerOf(signed, { text, roots });
  if (!isForTimeStamps(certificate))
    throw new Error("the certificate is not for time stamps alone");
  if (!namesType(signer) || !namesCertificate(signer, certificate))
    throw new Error("the time stamp does not sign which certificate it is by");
  return info.genTime;
}

function isOf({ messageImprint: { hashAlgorithm, hashedMessage } }: TSTInfo, text: string) {
  const imprint = hashed("sha256", text);
  const isSame = imprint.equals(hashedMessage.valueBlock.valueHexView);
  return hashAlgorithm.algorithmId === SHA256 && isSame;
}

/** Whose signature holds, by a certificate that led to a root at the stamp's own moment. */
async function signerOf(signed: SignedData, { text, roots }: About): Promise<Certificate> {
  const { signatureVerified, signerCertificate } = await signed
    .verify({
      ...{ signer: 0, data: bufferOf(Buffer.from(text)), trustedCerts: [...roots] },
      ...{ checkChain: true, extendedMode: true },
    })
    .catch((error: unknown) => {
      throw new Error(`the time stamp's signature does not hold: ${messageOf(error)}`);
    });
  if (!signatureVerified || !signerCertificate)
    throw new Error("the time stamp's signature does not hold");
  return signerCertificate;
}

function readToken(token: Buffer) {
  const { contentType, content } = ContentInfo.fromBER(bufferOf(token));
  if (contentType !== id_ContentType_SignedData) throw new Error("it is no time stamp");
  const signed = new SignedData({ schema: content });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== id_eContentType_TSTInfo || !eContent) throw new Error("it is no time stamp");
  return { signed, info: TSTInfo.fromBER(eContent.getValue()) };
}

/** RFC 3161, 2.3: one purpose, and critical. */
function isForTimeStamps({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === id_ExtKeyUsage);
  const purposes = (usage?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes ?? [];
  return usage?.critical === true && purposes.join() === TIME_STAMPING;
}

/** What is signed beside the text's hash, once each (RFC 5652, 11.1 and 11.2). */
function signedOnce({ signedAttrs }: SignerInfo, types: readonly string[]): BaseBlock | null {
  const found = (signedAttrs?.attributes ?? []).filter(({ type }) => types.includes(type));
  const [value, more] = found.flatMap(({ values }) => values as BaseBlock[]);
  return value && !more ? value : null;
}

function namesType(signer: SignerInfo): boolean {
  const type = signedOnce(signer, [CONTENT_TYPE]);
  const isType = type instanceof ObjectIdentifier && type.getValue() === id_eContentType_TSTInfo;
  return isType && signedOnce(signer, [MESSAGE_DIGEST]) !== null;
}

/** The first of the named certificates is the one that signed (RFC 3161, 2.4.2; RFC 5816). */
function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean {
  const bytes = Buffer.from(certificate.toSchema().toBER());
  return SIGNING_CERTIFICATES.some((type) => {
    const named = signedOnce(signer, [type]);
    const [first] = partsOf(partsOf(named)[0]);
    const [algorithm] = first ? partsOf(partsOf(first)[0]) : [];
    const hash = partsOf(first).find((part) => part instanceof OctetString);
    const unsaid = type === SIGNING_CERTIFICATES[0] ? "sha1" : "sha256";
    const by = algorithm instanceof ObjectIdentifier ? HASHES[algorithm.getValue()] : unsaid;
    return Boolean(hash && by && hashed(by, bytes).equals(hash.valueBlock.valueHexView));
  });
}

const partsOf = (block: BaseBlock | null | undefined): BaseBlock[] =>
  block instanceof Sequence ? (block.valueBlock.value as BaseBlock[]) : [];

const hashed = (by: string, content: string | Buffer): Buffer =>
  createHash(by).update(content).digest();

const bufferOf = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
