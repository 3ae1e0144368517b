import { useTranslations } from "next-intl";

import { ContactLines, type ShownCard } from "@/components/policies/contact-card";
import { Link } from "@/components/ui/link";
import { type Address } from "@/lib/addresses";

export type PublicFooterProps = {
  vendorName: string;
  /** Who answers for the policies, and how to reach them (P58). */
  card: ShownCard;
};

export function PublicFooter({ vendorName, card }: PublicFooterProps) {
  const t = useTranslations("layout.footer");
  const common = useTranslations("common");
  const retention = useTranslations("retention");
  return (
    <footer className="border-line text-small text-ink-muted mt-16 border-t leading-5.5 md:mt-24 print:hidden">
      <div className="max-w-page mx-auto grid w-full gap-x-12 gap-y-6 px-5 pt-8 pb-10 md:grid-cols-[1.4fr_0.8fr_1fr_1fr_1.2fr] md:px-8">
        <section>
          <h2 className="text-small text-ink mb-1.5">{common("productName")}</h2>
          <p>{t("about", { vendor: vendorName })}</p>
        </section>
        <FooterList title={t("policies")}>
          <FooterLink href="/policies">{t("allDocuments")}</FooterLink>
          <FooterLink href="/incidents">{t("incidents")}</FooterLink>
          <FooterLink href="/announcements">{t("subscribe")}</FooterLink>
        </FooterList>
        <FooterList title={t("console")}>
          <FooterLink href="/home">{t("consoleText")}</FooterLink>
        </FooterList>
        <FooterList title={t("rightsTitle")}>
          <FooterLink href="/rights">{t("rights")}</FooterLink>
          <FooterLink href="/requests">{t("ownRequests")}</FooterLink>
          <FooterLink href="/retention">{retention("title")}</FooterLink>
          <FooterLink href="/verify">{t("verify")}</FooterLink>
        </FooterList>
        <FooterList title={t("contact")}>
          <ContactLines card={card} />
        </FooterList>
      </div>
    </footer>
  );
}

function FooterList({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="text-small text-ink mb-1.5">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function FooterLink({ href, children }: { href: Address; children: React.ReactNode }) {
  return (
    <li className="py-0.5 max-md:py-1.5">
      <Link href={href} className="text-ink-soft inline-block">
        {children}
      </Link>
    </li>
  );
}
