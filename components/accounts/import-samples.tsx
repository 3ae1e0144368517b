import { useTranslations } from "next-intl";

import { buttonClass } from "@/components/ui/button";
import { Section } from "@/components/ui/section";

const SAMPLES = {
  accounts: [
    "uin,name,tier,tags,home_region",
    "100023847,青禾网络,旗舰版,金融;出海,cn",
    "100044190,Northwind Tides Ltd,,,IE",
  ],
  apps: [
    "sdkappid,uin,name,product,region,api_only,platforms",
    "1400001287,100023847,轻语,im,cn,no,android:8.1.0;ios:8.1.0",
    "1400009901,100044190,Tideline Gateway,im,sg,yes,",
  ],
  members: [
    "uin,email,name,role,locale",
    "100023847,lin.zhiyuan@qinghe.example,林知远,owner,zh-CN",
    "100044190,mira.holt@northwind.example,Mira Holt,legal,en",
  ],
} as const;
const KINDS = ["accounts", "apps", "members"] as const;

/** The three files an import takes: what each says, a sample to read and to download. */
export function ImportSamples() {
  const t = useTranslations("accounts.import");
  return (
    <Section title={t("samples")} note={t("samplesText")}>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {KINDS.map((kind) => (
          <div key={kind} className="border-line border-t pt-3">
            <dt className="flex flex-wrap items-center gap-x-3 font-semibold">
              {t(`kind.${kind}`)}
              <a
                href={sampleFile(SAMPLES[kind])}
                download={`${kind}.csv`}
                className={`ml-auto ${buttonClass({ variant: "text", size: "sm" })}`}
              >
                {t("download")}
                <span className="sr-only">{t(`kind.${kind}`)}</span>
              </a>
            </dt>
            <dd>
              <p className="max-w-measure text-ink-soft mb-2">{t(`sample.${kind}`)}</p>
              <pre
                className="bg-sunken text-small overflow-x-auto rounded-md px-3 py-2"
                // A long line scrolls, and a keyboard must be able to scroll it.
                tabIndex={0}
              >
                {SAMPLES[kind].join("\n")}
              </pre>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** With a byte order mark, by which spreadsheets know UTF-8. */
const sampleFile = (lines: readonly string[]) =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${lines.join("\r\n")}\r\n`)}`;
