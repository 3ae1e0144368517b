import type { PolicyKit } from "@/domain/policies/policy-kit";
import { escapeHtml } from "@/lib/mail-template";
import { translator } from "@/messages/translator";

/** A clause and its table for a developer's own policy, about one product (P40, P52). */
export type KitWords = {
  clause: string[];
  head: string[];
  rows: string[][];
};

type Naming = { vendor: string; address: string };

export function kitWords(kit: PolicyKit, { vendor, address }: Naming): KitWords {
  const { app, product } = kit;
  const t = translator(kit.locale, "policies");
  const names = (rows: readonly { name: string }[]) =>
    [...new Set(rows.map(({ name }) => name))].join(t("kit.separator"));
  const sensitive = kit.information.filter((row) => row.sensitive);
  const closing = kit.permissions.filter(({ stops }) => stops !== "");
  return {
    clause: [
      t("kit.intro", { app, product, vendor }),
      t("kit.collects", { names: names(kit.information) }),
      ...(sensitive.length > 0 ? [t("kit.sensitive", { names: names(sensitive) })] : []),
      ...(kit.permissions.length > 0
        ? [t("kit.permissions", { names: names(kit.permissions) })]
        : []),
      ...closing.map(({ name, stops }) => t("kit.stops", { name, stops })),
      t("kit.read", { title: kit.title, label: kit.label, address }),
    ],
    head: [t("kit.product"), ...FIELDS.map((field) => t(`manifest.field.information.${field}`))],
    rows: kit.information.map((row) => [product, ...FIELDS.map((field) => row[field])]),
  };
}

const FIELDS = ["name", "purpose", "method", "permission", "platforms"] as const;

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");

export function kitMarkdown({ clause, head, rows }: KitWords): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const table = [line(head), line(head.map(() => "---")), ...rows.map(line)];
  return `${clause.join("\n\n")}\n\n${table.join("\n")}\n`;
}

export function kitHtml({ clause, head, rows }: KitWords): string {
  const cells = (tag: "th" | "td", row: readonly string[]) =>
    `<tr>${row.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("")}</tr>`;
  return [
    ...clause.map((text) => `<p>${escapeHtml(text)}</p>`),
    "<table>",
    `<thead>${cells("th", head)}</thead>`,
    `<tbody>${rows.map((row) => cells("td", row)).join("")}</tbody>`,
    "</table>\n",
  ].join("\n");
}

/**
 * By words of a row's name, the data types of Google Play's data safety form and of Apple's privacy
 * manifest (developer.apple.com: NSPrivacyCollectedDataType); the first that fits. What fits none is
 * "other", for the developer to choose.
 */
const STORE_TYPES: readonly { words: RegExp; google: [string, string]; apple: string }[] = [
  {
    words: /精确位置|precise location/i,
    google: ["Location", "Precise location"],
    apple: "PreciseLocation",
  },
  {
    words: /位置|location/i,
    google: ["Location", "Approximate location"],
    apple: "CoarseLocation",
  },
  {
    words: /手机号|电话号码|phone number/i,
    google: ["Personal info", "Phone number"],
    apple: "PhoneNumber",
  },
  { words: /邮箱|e-?mail/i, google: ["Personal info", "Email address"], apple: "EmailAddress" },
  { words: /通讯录|联系人|contacts/i, google: ["Contacts", "Contacts"], apple: "Contacts" },
  {
    words: /照片|图片|视频|相册|photo|image|video/i,
    google: ["Photos and videos", "Photos"],
    apple: "PhotosorVideos",
  },
  {
    words: /录音|语音|音频|audio|voice/i,
    google: ["Audio", "Voice or sound recordings"],
    apple: "AudioData",
  },
  {
    words: /消息|聊天|message/i,
    google: ["Messages", "Other in-app messages"],
    apple: "EmailsOrTextMessages",
  },
  { words: /崩溃|crash/i, google: ["App info and performance", "Crash logs"], apple: "CrashData" },
  {
    words: /日志|诊断|性能|log|diagnostic/i,
    google: ["App info and performance", "Diagnostics"],
    apple: "OtherDiagnosticData",
  },
  {
    words: /设备标识|设备 ?id|oaid|idfv|idfa|androidid|device id/i,
    google: ["Device or other IDs", "Device or other IDs"],
    apple: "DeviceID",
  },
  {
    words: /用户标识|用户 ?id|userid|user id|账号|account/i,
    google: ["Personal info", "User IDs"],
    apple: "UserID",
  },
];
const OTHER = { google: ["Personal info", "Other info"], apple: "OtherDataTypes" } as const;

const storeTypeOf = (name: string) => STORE_TYPES.find(({ words }) => words.test(name)) ?? OTHER;

/** Rows for Google Play's data safety form: what is collected, whether passed on, and why, in the guide's words. */
export function dataSafetyRows(kit: PolicyKit): string[][] {
  const isShared = kit.register.some(({ role }) => role === "recipient");
  return [
    [
      "Category",
      "Data type",
      "Collected",
      "Shared",
      "Named in the guide as",
      "Purpose in the guide",
    ],
    ...kit.information.map(({ name, purpose }) => [
      ...storeTypeOf(name).google,
      ...["Yes", isShared ? "Yes" : "No", name, purpose],
    ]),
  ];
}

/** The part of an app's PrivacyInfo.xcprivacy that is about this product; purposes are the app's to review. */
export function applePrivacyManifest(kit: PolicyKit): string {
  const types = [...new Set(kit.information.map(({ name }) => storeTypeOf(name).apple))];
  const entries = types.map(
    (type) => `  <dict>
    <key>NSPrivacyCollectedDataType</key>
    <string>NSPrivacyCollectedDataType${type}</string>
    <key>NSPrivacyCollectedDataTypeLinked</key>
    <true/>
    <key>NSPrivacyCollectedDataTypeTracking</key>
    <false/>
    <key>NSPrivacyCollectedDataTypePurposes</key>
    <array>
      <string>NSPrivacyCollectedDataTypePurposeAppFunctionality</string>
    </array>
  </dict>`,
  );
  const note = translator(kit.locale, "policies")("kit.appleReview");
  return `<!-- ${note} -->\n<key>NSPrivacyCollectedDataTypes</key>\n<array>\n${entries.join("\n")}\n</array>\n`;
}
