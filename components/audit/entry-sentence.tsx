import { useLocale, useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { RETENTION_KINDS } from "@/db/vocabulary/retention";
import { type SubjectType } from "@/domain/audit/entries";
import { type AuditRow } from "@/domain/audit/list";
import { type Address, at } from "@/lib/addresses";

/** Who did what to what, as a sentence; the thing is a link where it has a page. */
export function EntrySentence({ entry }: { entry: AuditRow }) {
  const t = useTranslations("audit");
  const kind = useTranslations("accounts.import.kind");
  const member = useTranslations("access.memberRole");
  const staff = useTranslations("access.staffRole");
  const contact = useTranslations("contacts.kindInText");
  const topic = useTranslations("accounts.declarations.topic");
  const alarm = useTranslations("security");
  const { action, actionCode, mentions } = entry;
  const told = entry.subject.name?.told;
  const names = {
    actor: () => <Actor actor={entry.actor} />,
    subject: () => <Subject subject={entry.subject} />,
  };
  if (!action) return t.rich("unknownAction", { ...names, action: actionCode });

  return t.rich(`sentences.${action}`, {
    ...names,
    people: mentions.people,
    rest: mentions.rest,
    sessions: mentions.sessions,
    codes: mentions.codes,
    entries: mentions.entries,
    rows: mentions.rows,
    files: mentions.files,
    posts: mentions.posts,
    told: told ? t(`told.${told}`) : "",
    added: mentions.added,
    changed: mentions.changed,
    kind: mentions.kind ? kind(mentions.kind) : t("none"),
    role: mentions.role ? member(mentions.role) : t("none"),
    contactKind: mentions.contactKind ? contact(mentions.contactKind) : t("none"),
    topic: mentions.topic ? topic(mentions.topic) : t("none"),
    pattern: mentions.pattern ? alarm(`noted.${mentions.pattern}`) : t("none"),
    roles: mentions.roles.map((role) => staff(role)).join(t("separator")),
  });
}

function Actor({ actor: { kind, id, name } }: { actor: AuditRow["actor"] }) {
  const t = useTranslations("audit.actor");
  switch (kind) {
    case "person":
      return <strong>{name ?? t("unknown")}</strong>;
    case "job":
      return <>{t("job", { job: id })}</>;
    case "anonymous":
      return <>{t("anonymous")}</>;
    case "token":
      return <>{name ? t("tokenNamed", { name }) : t("token")}</>;
  }
}

function Subject({ subject }: { subject: AuditRow["subject"] }) {
  const [t, kinds] = [useTranslations("audit"), useTranslations("retention.kinds")];
  const locale = useLocale();
  const { type, id, name } = subject;
  const unnamed = t("unnamed", {
    type: type ? t(`subject.${type}`) : t("none"),
    id: id.slice(0, 8),
  });
  const href = name && pageOf(subject);
  const kept = type === "retention" && RETENTION_KINDS.find((kind) => kind === id);
  const label = name?.names[locale] || (kept ? kinds(`${kept}.name`) : unnamed);
  return href ? <Link href={href}>{label}</Link> : <>{label}</>;
}

/** Where the operations side shows a thing, if it does. */
function pageOf({ type, id, name }: AuditRow["subject"]): Address | null {
  if (type === "document") return at("/ops/policies/*", id);
  if (isOnOnePage(type)) return PAGES[type];
  if (type === "broadcast") return at("/ops/broadcasts/*", id);
  if (!name) return null;
  const room = type && NUMBERED[type];
  if (room) return at(room, name.names["zh-CN"]);
  if (type === "version" && name.documentId) return at("/ops/policies/*/*", name.documentId, id);
  return name.accountId ? at("/ops/accounts/*", name.accountId) : null;
}

/** What stands on one page with all others of its kind. */
const PAGES = { contact_card: "/ops/contact-card", mail_route: "/ops/mail-routes" } as const;
const isOnOnePage = (type: SubjectType | null): type is keyof typeof PAGES =>
  type !== null && type in PAGES;

/** The rooms where a thing is found by its number, which is its name. */
const NUMBERED: Partial<Record<SubjectType, "/ops/incidents/*" | "/ops/deregistrations/*">> = {
  incident: "/ops/incidents/*",
  deregistration: "/ops/deregistrations/*",
};
