import { type getTranslations } from "next-intl/server";

import { type NavGroup } from "@/components/layout/side-nav";
import { may, type Permission } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";

type Words = Awaited<ReturnType<typeof getTranslations<never>>>;
type Room = NavGroup["items"][number];
/** What waits in some of the rooms. */
type Counts = {
  reviews: number;
  overdue: number;
  unreached: number;
  followUps: number;
  unread: number;
};

/** The rooms of the operations side that this person may enter, each by the title of its page. */
export function navigationFor(actor: Person, t: Words, waiting: Counts): NavGroup[] {
  const { reviews, overdue, unread } = waiting;
  const room = roomsFor(actor);
  return groupsWithRooms([
    {
      items: rooms([
        room("staff.home", { href: "/ops", label: t("ops.desk.title"), exact: true }),
        room("policy.readDrafts", {
          href: "/ops/reviews",
          label: t("policies.ops.reviews.title"),
          count: reviews,
        }),
        room("inbox.readOwn", { href: "/ops/inbox", label: t("inbox.title"), unread }),
      ]),
    },
    { title: t("ops.nav.notices"), items: noticeRooms(actor, t, waiting) },
    {
      title: t("ops.nav.records"),
      items: rooms([
        room("request.readAsStaff", {
          href: "/ops/requests",
          label: t("requests.desk.title"),
          ...(overdue > 0 && { count: overdue }),
        }),
        room("ticket.view", { href: "/ops/support", label: t("support.search.title") }),
        room("ticket.view", { href: "/ops/tickets", label: t("tickets.links.title") }),
        room("calendar.readDesk", { href: "/ops/calendar", label: t("calendar.title") }),
        room("account.read", { href: "/ops/accounts", label: t("accounts.title") }),
        room("deregistration.read", {
          href: "/ops/deregistrations",
          label: t("deregistrations.ops.title"),
        }),
        room("disposal.read", { href: "/ops/disposals", label: t("disposals.title") }),
        room("retention.read", { href: "/ops/retention", label: t("retention.ops.title") }),
        room("token.manage", { href: "/ops/tokens", label: t("tickets.tokens.title") }),
        room("staff.read", { href: "/ops/staff", label: t("staff.title") }),
        room("audit.read", { href: "/ops/audit", label: t("audit.title") }),
        room("security.read", { href: "/ops/security", label: t("security.title") }),
      ]),
    },
  ]);
}

/** Where notices are written, told and followed up. */
function noticeRooms(actor: Person, t: Words, { unreached, followUps }: Counts): Room[] {
  const room = roomsFor(actor);
  return rooms([
    room("policy.readDrafts", {
      href: "/ops/policies",
      label: t("policies.ops.documents.title"),
    }),
    room("policy.readDrafts", { href: "/ops/contact-card", label: t("policies.card.title") }),
    room("notice.readDrafts", {
      href: "/ops/incidents",
      label: t("incidents.desk.incidents.title"),
    }),
    room("notice.readDrafts", {
      href: "/ops/announcements",
      label: t("incidents.desk.announcements.title"),
    }),
    room("notice.readDrafts", {
      href: "/ops/templates",
      label: t("incidents.desk.templates.title"),
    }),
    room("notice.readDrafts", {
      href: "/ops/audiences",
      label: t("incidents.desk.savedAudiences.title"),
    }),
    room("broadcast.read", {
      href: "/ops/broadcasts",
      label: t("broadcasts.board.list.title"),
    }),
    room("unreached.read", {
      href: "/ops/unreached",
      label: t("broadcasts.unreached.title"),
      ...(unreached > 0 && { count: unreached }),
    }),
    room("unreached.read", { href: "/ops/reach", label: t("broadcasts.reach.title") }),
    room("unreached.read", { href: "/ops/calls", label: t("broadcasts.calls.title") }),
    room("policy.readCoverage", {
      href: "/ops/follow-ups",
      label: t("policies.ops.followUps.title"),
      ...(followUps > 0 && { count: followUps }),
    }),
    room("route.read", { href: "/ops/mail-routes", label: t("broadcasts.routes.title") }),
    room("suppression.read", {
      href: "/ops/suppressions",
      label: t("broadcasts.suppressions.title"),
    }),
  ]);
}

/** A room for whom it is open to. */
const roomsFor = (actor: Person) => (permission: Permission, item: Room) =>
  may(actor, permission) && item;

const rooms = (items: readonly (Room | false)[]): Room[] => items.filter((item) => item !== false);

const groupsWithRooms = (groups: NavGroup[]): NavGroup[] =>
  groups.filter(({ items }) => items.length > 0);
