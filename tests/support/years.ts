import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { accounts, apps, policyAcknowledgements } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import type { Context, Person } from "@/domain/context";

import { giveAnswer } from "./answers";
import { givenMembers, prepareAll, tellPerson, tellProduct } from "./broadcasts";
import { acting } from "./context";
import { copyOf, copyRow } from "./copies";
import { givenCoolingOff, givenSmallAccount } from "./deregistration";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "./notices";
import { asOwner } from "./owner";
import { givenAccount, givenMember, givenProduct, givenStaff } from "./people";
import { givenMajorChange } from "./policies";
import { givenRequest } from "./requests";
import { givenLink } from "./tickets";

const NOON = "2026-11-20 12:00";
const MANY = 10_000;

export type Years = {
  as: (role: StaffRole) => Context;
  reader: Person;
  accountId: string;
  broadcastId: string;
  /** Somebody of an account with one app of all these, and an incident that concerned it. */
  developer: Person;
  houseId: string;
  incidentNumber: string;
  documentId: string;
};

/** What a vendor and its developers leave behind in years of use. */
export async function givenYears(): Promise<Years> {
  const staff = new Map<StaffRole, Person>();
  for (const role of ["admin", "auditor", "author", "handler", "support"] as const)
    staff.set(role, await givenStaff(role));
  const approver = await givenStaff("approver");
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  const reader = await givenMember(account.id, "owner");
  await givenMembers(product.id, MANY);
  const told = await tellProduct(acting(approver, NOON), product.id);
  await prepareAll(acting(approver, NOON).now);
  await db.execute(sql`
    update deliveries set status = case when hashtext(id::text) % 50 = 0 then 'bounced' else 'delivered' end
    where channel = 'email'`);
  await copyRow("broadcasts", {
    ...{ id: told.id, times: MANY },
    changes: {
      started_at: sql`now() - n * interval '1 hour'`,
      subject_id: sql`gen_random_uuid()`,
      is_public: sql`n % 100 = 0`,
      status: sql`'finished'`,
    },
  });
  const letter = await tellPerson(acting(approver, NOON), reader.id);
  await copyRow("broadcasts", {
    ...{ id: letter.id, times: MANY },
    changes: { started_at: sql`now() - n * interval '1 minute'`, status: sql`'finished'` },
  });
  await db.execute(sql`
    insert into deliveries (broadcast_id, channel, user_id, account_ids, locale, status, created_at, read_at)
    select ${copyOf("broadcasts", told.id)}, 'inbox', ${reader.id}, array[${account.id}]::uuid[], 'zh-CN', 'placed',
      now() - n * interval '1 hour', now() from generate_series(1, 1000) n`);
  await db.execute(sql`
    insert into audit_entries (at, action, actor_kind, actor_id, subject_type, subject_id, after)
    select '2026-01-01'::timestamptz + n * interval '5 minutes',
      case when n % 3 = 0 then 'account.edited' else 'app.saved' end, 'person', 'actor ' || n % 500,
      case when n % 3000 = 0 then 'incident' else 'account' end, 'subject ' || n % 5000,
      jsonb_build_object('accountId', md5('account' || n % 5000)::uuid,
        'importId', case when n % 2 = 0 then md5('import' || n % 50)::uuid end)
    from generate_series(1, ${MANY * 3}::int) n`);
  await db.execute(sql`
    insert into suppressions (address, reason, since)
    select 'stopped-' || n || '@list.example', 'bounced', now() - n * interval '1 minute'
    from generate_series(1, ${MANY}::int) n`);
  await db.execute(sql`
    insert into unreached_accounts (broadcast_id, account_id, found_at, settled_at)
    select ${told.id}, id, now(), case when hashtext(id::text) % 50 <> 0 then now() end
    from accounts where uin like 'crowd-%'`);
  const incidents = await givenDeskYears(reader, account.id);
  const documentId = await givenPolicyYears(incidents);
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await copyRow("apps", { id: app!.id, times: MANY, changes: { sdk_app_id: sql`'17' || n` } });
  // The last of the accounts, for their list counts the apps of each it shows.
  await db.update(accounts).set({ uin: "z" }).where(eq(accounts.id, account.id));
  await asOwner((own) => own.execute(sql`analyze`));
  const as = (role: StaffRole) => acting(staff.get(role)!, NOON);
  const ids = { accountId: account.id, broadcastId: told.id, documentId };
  return { as, reader, ...ids, ...incidents };
}

/** What incidents, cases, tickets and deregistrations leave behind: nearly all of it is done with. */
async function givenDeskYears(reader: Person, accountId: string) {
  const desk = await givenNoticeDesk();
  const incident = await givenIncident(desk);
  await copyRow("incidents", {
    ...{ id: incident.id, times: MANY },
    changes: {
      number: sql`'I-2020-' || n`,
      status: sql`case when n % 200 = 0 then 'contained' when n % 201 = 0 then 'resolved' else 'closed' end`,
      created_at: sql`now() - n * interval '1 hour'`,
    },
  });
  const house = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const last = await published(desk, await givenNotice(desk, { incidentId: incident.id }), {
    typedPeople: 1,
  });
  await copyRow("notices", {
    ...{ id: last.id, times: MANY - 1000 },
    changes: {
      incident_id: copyOf("incidents", incident.id),
      published_at: sql`now() - n * interval '1 hour'`,
      created_at: sql`now() - n * interval '1 hour'`,
    },
  });
  await db.execute(sql`
    insert into notice_targets (notice_id, app_id, account_id, reason)
    select ${last.id}, apps.id, apps.account_id, 'named' from apps where sdk_app_id like 'app-%'`);
  const notice = await published(desk, await givenAnnouncement(desk), { typedPeople: 1 });
  await copyRow("notices", {
    ...{ id: notice.id, times: MANY },
    changes: {
      published_at: sql`now() - n * interval '1 hour'`,
      created_at: sql`now() - n * interval '1 hour'`,
    },
  });
  const request = await givenRequest(null);
  await copyRow("requests", {
    ...{ id: request.id, times: MANY },
    changes: {
      number: sql`'R-2020-' || n`,
      ticket_number: sql`'T-' || n`,
      status: sql`case when n % 100 = 0 then 'received' else 'withdrawn' end`,
      due_date: sql`date '2026-11-20' - n % 2000 + 10`,
      answered_at: sql`case when n % 100 <> 0 then now() end`,
      account_id: sql`case when n % 2000 = 2 then ${accountId}::text end`,
      requester_id: sql`case when n % 2000 = 3 then ${reader.id}::text else (select id::text from users limit 1) end`,
    },
  });
  const link = await givenLink(await givenStaff("support"), {
    ticketNumber: "T-77",
    purpose: "file_request",
  });
  await copyRow("ticket_links", {
    ...{ id: link.id, times: MANY },
    changes: { ticket_number: sql`'T-' || n`, created_at: sql`now() - n * interval '1 minute'` },
  });
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  await copyRow("deregistrations", {
    ...{ id, times: MANY },
    changes: {
      number: sql`'C-2020-' || n`,
      status: sql`'cancelled'`,
      requested_at: sql`now() - n * interval '1 hour'`,
    },
  });
  return {
    ...{ developer: house.owner, houseId: house.account.id, incidentNumber: incident.number },
  };
}

/** Fifty versions of each of two hundred documents, and who answered to them. */
async function givenPolicyYears({ developer, houseId }: Pick<Years, "developer" | "houseId">) {
  const { documentId, first, next } = await givenMajorChange();
  await copyRow("policy_documents", {
    ...{ id: documentId, times: 200, changes: { slug: sql`'years-' || n` } },
  });
  const past = {
    document_id: sql`md5(${`policy_documents ${documentId}`} || (n % 200 + 1))::uuid`,
    effective_at: sql`now() - n * interval '1 hour'`,
    created_at: sql`now() - n * interval '1 hour'`,
    label: sql`'1.' || n`,
    status: sql`case when n <= 200 then 'in_force' else 'archived' end`,
  };
  await copyRow("policy_versions", { id: first.id, times: MANY, changes: past });
  await db.execute(sql`
    insert into apps (account_id, product_id, sdk_app_id, name, created_at)
    select ${houseId}, product_id, '1499', '应用', now() from policy_documents where id = ${documentId}`);
  const { receiptNumber } = await giveAnswer(developer, next, { accountId: houseId });
  const [answer] = await db
    .select({ id: policyAcknowledgements.id })
    .from(policyAcknowledgements)
    .where(eq(policyAcknowledgements.receiptNumber, receiptNumber));
  await copyRow("policy_acknowledgements", {
    ...{ id: answer!.id, times: MANY },
    changes: {
      receipt_number: sql`'A-2020-' || n`,
      version_id: copyOf("policy_versions", first.id),
      account_id: sql`case when n % 500 = 0 then ${houseId}::text else gen_random_uuid()::text end`,
      answered_at: sql`now() - n * interval '1 hour'`,
    },
  });
  return documentId;
}
