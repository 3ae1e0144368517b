import { type NavGroup } from "@/components/layout/side-nav";
import { may, type Permission } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";

type Room = NavGroup["items"][number];
type Word =
  | "desk"
  | "reviews"
  | "inbox"
  | "notices"
  | "policies"
  | "incidents"
  | "announcements"
  | "broadcasts"
  | "unreached"
  | "suppressions"
  | "records"
  | "accounts"
  | "audit"
  | "requests"
  | "calendar"
  | "support"
  | "tickets"
  | "tokens"
  | "deregistrations";

/** What waits in some of the rooms. */
type Counts = { reviews: number; overdue: number; unreached: number; unread: number };

/** The rooms of the operations side that this person may enter. */
export function navigationFor(
  actor: Person,
  t: (word: Word) => string,
  { reviews, overdue, unreached, unread }: Counts,
): NavGroup[] {
  const rooms = (items: readonly (Room | false)[]) => items.filter((item) => item !== false);
  const room = (permission: Permission, item: Room) => may(actor, permission) && item;
  const groups: NavGroup[] = [
    {
      items: rooms([
        room("staff.home", { href: "/ops", label: t("desk"), exact: true }),
        room("policy.readDrafts", {
          href: "/ops/reviews",
          label: t("reviews"),
          count: reviews,
        }),
        room("inbox.readOwn", { href: "/ops/inbox", label: t("inbox"), unread }),
      ]),
    },
    {
      title: t("notices"),
      items: rooms([
        room("policy.readDrafts", { href: "/ops/policies", label: t("policies") }),
        room("notice.readDrafts", { href: "/ops/incidents", label: t("incidents") }),
        room("notice.readDrafts", { href: "/ops/announcements", label: t("announcements") }),
        room("broadcast.read", { href: "/ops/broadcasts", label: t("broadcasts") }),
        room("unreached.read", {
          href: "/ops/unreached",
          label: t("unreached"),
          ...(unreached > 0 && { count: unreached }),
        }),
        room("suppression.read", { href: "/ops/suppressions", label: t("suppressions") }),
      ]),
    },
    {
      title: t("records"),
      items: rooms([
        room("request.readAsStaff", {
          href: "/ops/requests",
          label: t("requests"),
          ...(overdue > 0 && { count: overdue }),
        }),
        room("ticket.view", { href: "/ops/support", label: t("support") }),
        room("ticket.view", { href: "/ops/tickets", label: t("tickets") }),
        room("calendar.readDesk", { href: "/ops/calendar", label: t("calendar") }),
        room("account.read", { href: "/ops/accounts", label: t("accounts") }),
        room("deregistration.read", { href: "/ops/deregistrations", label: t("deregistrations") }),
        room("token.manage", { href: "/ops/tokens", label: t("tokens") }),
        room("audit.read", { href: "/ops/audit", label: t("audit") }),
      ]),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
