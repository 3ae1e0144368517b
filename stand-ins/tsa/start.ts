import { once } from "node:events";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { Integer, ObjectIdentifier, OctetString, Sequence, Utf8String } from "asn1js";
import {
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  Extension,
  ExtKeyUsage,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

/** What the next question meets: a status that is no success, a broken connection, or a wrong answer. */
export type TsaFault =
  | { status: number }
  | "cut"
  | "refused"
  | "another text"
  | "another question"
  | "another root"
  | "another certificate named"
  | "for another purpose"
  | "expired";

const DAY = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const SERVER = "1.3.6.1.5.5.7.3.1";

type Signer = { certificate: Certificate; key: CryptoKey };
type Options = { now?: () => Date; port?: number };

/**
 * Stands in for a time-stamping authority (RFC 3161), README.md beside this.
 * @returns its address, its root as PEM, how often it was asked, and where faults are put in line
 */
export async function startTsa({ now = () => new Date(), port = 0 }: Options = {}) {
  const root = await issue({ name: "Stand-in root", days: [-400, 4000] });
  const signers = {
    good: await issue({ name: "Stand-in TSA", by: root, purpose: TIME_STAMPING, days: [-30, 400] }),
    server: await issue({ name: "Stand-in TSA", by: root, purpose: SERVER, days: [-30, 400] }),
    old: await issue({ name: "Stand-in TSA", by: root, purpose: TIME_STAMPING, days: [-300, -30] }),
    stranger: await issue({
      ...{ name: "Stand-in TSA", purpose: TIME_STAMPING, days: [-30, 400] },
      by: await issue({ name: "Stand-in root", days: [-400, 4000] }),
    }),
  };
  const faults: (TsaFault | null)[] = [];
  const seen = { asked: 0 };

  async function answer(question: Buffer, fault: TsaFault | null): Promise<ArrayBuffer> {
    if (fault === "refused")
      return new TimeStampResp({ status: new PKIStatusInfo({ status: 2 }) }).toSchema().toBER();
    const { messageImprint, nonce } = TimeStampReq.fromBER(Uint8Array.from(question));
    const info = new TSTInfo({
      ...{ version: 1, policy: "1.2.3.4.1", genTime: now() },
      serialNumber: new Integer({ value: seen.asked }),
      ...(nonce && { nonce: fault === "another question" ? new Integer({ value: 7 }) : nonce }),
      messageImprint:
        fault === "another text"
          ? await MessageImprint.create("SHA-256", new ArrayBuffer(1))
          : messageImprint,
    });
    const token = await signedBy(signerFor(fault), {
      ...{ info, named: fault === "another certificate named" ? root : signerFor(fault) },
    });
    const status = new PKIStatusInfo({ status: 0 });
    return new TimeStampResp({ status, timeStampToken: token }).toSchema().toBER();
  }

  function signerFor(fault: TsaFault | null): Signer {
    if (fault === "for another purpose") return signers.server;
    if (fault === "expired") return signers.old;
    return fault === "another root" ? signers.stranger : signers.good;
  }

  const server = createServer((request, response) => {
    seen.asked += 1;
    const fault = faults.shift() ?? null;
    if (fault === "cut") return void response.destroy();
    const isFault = typeof fault === "object" && fault !== null;
    void bodyOf(request)
      .then((question) => (isFault ? new ArrayBuffer(0) : answer(question, fault)))
      .then((body) => {
        response.writeHead(isFault ? fault.status : 200, {
          "content-type": "application/timestamp-reply",
        });
        response.end(Buffer.from(body));
      })
      .catch(() => response.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  return {
    ...{
      url: `http://127.0.0.1:${address.port}/tsr`,
      chain: pemOf(root.certificate),
      faults,
      seen,
    },
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Issuing = { name: string; days: [from: number, until: number]; by?: Signer; purpose?: string };

/** A certificate with a key of its own; a root where nobody is named who issues it. */
async function issue({ name, days: [from, until], by, purpose }: Issuing): Promise<Signer> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = new Certificate({ version: 2 });
  const serial = Uint8Array.of(0x40, ...crypto.getRandomValues(new Uint8Array(8)));
  certificate.serialNumber = new Integer({ valueHex: serial.buffer });
  const named = new AttributeTypeAndValue({
    type: "2.5.4.3",
    value: new Utf8String({ value: name }),
  });
  certificate.subject.typesAndValues.push(named);
  certificate.issuer = by ? by.certificate.subject : certificate.subject;
  certificate.notBefore.value = new Date(Date.now() + from * DAY);
  certificate.notAfter.value = new Date(Date.now() + until * DAY);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  const constraints = new BasicConstraints({ cA: !by }).toSchema().toBER();
  certificate.extensions = [
    new Extension({ extnID: "2.5.29.19", critical: true, extnValue: constraints }),
  ];
  if (purpose)
    certificate.extensions.push(
      new Extension({
        ...{ extnID: "2.5.29.37", critical: true },
        extnValue: new ExtKeyUsage({ keyPurposes: [purpose] }).toSchema().toBER(),
      }),
    );
  await certificate.sign(by?.key ?? keys.privateKey, "SHA-256");
  return { certificate, key: keys.privateKey };
}

type Signing = { info: TSTInfo; named: Signer };

async function signedBy({ certificate, key }: Signer, { info, named }: Signing) {
  const content = info.toSchema().toBER();
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: id_eContentType_TSTInfo });
  encapContentInfo.eContent = new OctetString({ valueHex: content });
  const { issuer, serialNumber } = certificate;
  const signer = new SignerInfo({
    ...{ version: 1, sid: new IssuerAndSerialNumber({ issuer, serialNumber }) },
    signedAttrs: new SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        attribute("1.2.840.113549.1.9.3", new ObjectIdentifier({ value: id_eContentType_TSTInfo })),
        attribute("1.2.840.113549.1.9.4", octets(sha256(content))),
        attribute("1.2.840.113549.1.9.16.2.47", signingCertificate(named.certificate)),
      ],
    }),
  });
  const signed = new SignedData({
    ...{ version: 3, encapContentInfo, signerInfos: [signer], certificates: [certificate] },
  });
  await signed.sign(key, 0, "SHA-256");
  const schema = signed.toSchema(true);
  return new ContentInfo({ contentType: id_ContentType_SignedData, content: schema });
}

/** SigningCertificateV2 of RFC 5035, with SHA-256, which it leaves unsaid. */
function signingCertificate(certificate: Certificate): Sequence {
  const hash = octets(sha256(certificate.toSchema().toBER()));
  const one = new Sequence({ value: [hash] });
  return new Sequence({ value: [new Sequence({ value: [one] })] });
}

const attribute = (type: string, value: object) => new Attribute({ type, values: [value] });
const sha256 = (bytes: ArrayBuffer) => createHash("sha256").update(new Uint8Array(bytes)).digest();
const octets = (bytes: Uint8Array) => new OctetString({ valueHex: Uint8Array.from(bytes).buffer });

function pemOf(certificate: Certificate): string {
  const base64 = Buffer.from(certificate.toSchema().toBER()).toString("base64");
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
