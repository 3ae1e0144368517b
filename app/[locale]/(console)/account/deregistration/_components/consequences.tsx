import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";

const POINTS = [
  "forGood",
  "access",
  "notices",
  "requests",
  "kept",
  "certificate",
  "scope",
] as const;

/** What deregistration does, in plain words, the gravest first. */
export function Consequences() {
  const t = useTranslations("deregistrations.own.consequences");
  return (
    <Section title={t("title")}>
      <ul className="text-body max-w-measure list-disc space-y-2 pl-5">
        {POINTS.map((point) => (
          <li key={point} className={point === "forGood" ? "font-semibold" : undefined}>
            {t(point)}
          </li>
        ))}
      </ul>
      <p className="max-w-measure mt-4">
        {t.rich("before", {
          answers: (words) => <Link href="/acknowledgements">{words}</Link>,
          requests: (words) => <Link href="/requests">{words}</Link>,
        })}
      </p>
    </Section>
  );
}
