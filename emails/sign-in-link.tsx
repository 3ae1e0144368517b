import { Section, Text } from "react-email";

import type { SignInPurpose } from "@/db/vocabulary/access";
import { translator } from "@/messages/translator";

import { ActionButton, WrittenOut } from "./_components/button";
import { Layout } from "./_components/layout";
import { SAMPLE_SENDER } from "./_components/samples";
import type { Sender } from "./_components/sender";
import { CAPTION, COLOURS, FONT_CODE, UI } from "./_components/style";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

export type SignInProps = Sender & {
  purpose: SignInPurpose;
  /** The whole address of the page that confirms the sign-in. */
  link: string;
  /** Eight digits. */
  code: string;
  /** The path of this site that was asked for, with its language; "" for none. */
  returnPath: string;
};

/**
 * The way in: a link and a code, ten minutes, once. The subject and the preview name neither the
 * reader nor the code, because locked screens show them. The page after sign-in is named in our
 * words only: anybody may ask for this mail, so no text of theirs may stand in it.
 */
export default function SignInLink({ purpose, link, code, returnPath, ...sender }: SignInProps) {
  const t = translator(sender.locale, "emails");
  const { vendor } = sender;
  const words = WORDS[purpose];
  const destination = destinationOf(returnPath, sender);
  return (
    <Layout
      sender={sender}
      subject={signInSubject({ purpose, ...sender })}
      preview={t("signIn.preview")}
      title={t(words.title, { vendor })}
      footer={[t(words.notYou)]}
    >
      <Paragraph>{t(words.lead)}</Paragraph>
      {destination && <Paragraph>{destination}</Paragraph>}
      <Section style={{ padding: "12px 0 24px" }}>
        <ActionButton href={link}>{t(words.button)}</ActionButton>
      </Section>
      <CodeBox label={t("signIn.code")} code={code} />
      <Text style={{ ...UI, margin: "16px 0 0" }}>{t("signIn.limits")}</Text>
      <WrittenOut label={t("signIn.address")} address={link} />
    </Layout>
  );
}

type SubjectProps = Pick<SignInProps, "locale" | "vendor" | "purpose">;

export function signInSubject({ locale, vendor, purpose }: SubjectProps): string {
  const t = translator(locale, "emails");
  const { kind, subject } = WORDS[purpose];
  return subjectOf(locale, { kind: t(kind), title: t(subject, { vendor }) });
}

const WORDS = {
  sign_in: {
    kind: "signIn.kind",
    subject: "signIn.subject",
    title: "signIn.title",
    lead: "signIn.lead",
    button: "signIn.button",
    notYou: "signIn.notYou",
  },
  prove_address: {
    kind: "prove.kind",
    subject: "prove.subject",
    title: "prove.title",
    lead: "prove.lead",
    button: "prove.button",
    notYou: "prove.notYou",
  },
} as const;

function CodeBox({ label, code }: { label: string; code: string }) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        <tr>
          <td data-text="row" style={CODE_BOX}>
            <div data-text="term" style={CAPTION}>
              {label}
            </div>
            <div data-text="value" style={CODE}>{`${code.slice(0, 4)} ${code.slice(4)}`}</div>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const CODE_BOX = {
  padding: "12px 16px",
  backgroundColor: COLOURS.sunken,
  borderRadius: "6px",
};
const CODE = {
  fontFamily: FONT_CODE,
  fontSize: "28px",
  lineHeight: "40px",
  fontWeight: 600,
  color: COLOURS.ink,
  whiteSpace: "nowrap",
} as const;

function destinationOf(returnPath: string, { locale }: Pick<Sender, "locale">): string | null {
  if (returnPath === "") return null;
  const t = translator(locale, "access");
  const place = t(`destination.${placeOf(returnPath)}`);
  return t("destination.text", { place });
}

function placeOf(returnPath: string) {
  const section = returnPath.split(/[/?#]/)[2];
  switch (section) {
    case "acknowledgements":
      return "acknowledgement";
    case "receipts":
      return "receipt";
    case "inbox":
    case "ops":
    case "requests":
      return section;
    default:
      return "page";
  }
}

SignInLink.PreviewProps = {
  ...SAMPLE_SENDER,
  purpose: "sign_in",
  link: `${SAMPLE_SENDER.origin}/zh-CN/sign-in/confirm?request=018f6a52-9c1e-7d20-8a3b-5f1e2d3c4b5a&token=nW3kq0s1c9Zr7vX2`,
  code: "40718263",
  returnPath: "/zh-CN/acknowledgements/018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b5a",
} satisfies SignInProps;
