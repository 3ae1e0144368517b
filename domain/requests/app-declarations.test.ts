import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, type Request } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenDeclared, givenProduct } from "@/tests/support/people";
import { givenRequestDesk } from "@/tests/support/requests";

import { urgentAmong } from "./app-declarations";
import { listQueue } from "./list-queue";
import { readStaffRequest } from "./read-staff-request";
import { startsWithEea } from "./rules";

const NOW = "2026-03-05 10:00";
let desk: Awaited<ReturnType<typeof givenRequestDesk>>;
let number = 1_800_000_000;

beforeAll(async () => {
  desk = await givenRequestDesk();
});

/** A case about an app whose owner declared so much, filed on a day of March. */
async function givenCase(
  said: Parameters<typeof givenDeclared>[1],
  { day = 2, ...traits }: Partial<Request> & { day?: number } = {},
) {
  const account = await givenAccount();
  const [app] = await db
    .insert(apps)
    .values({
      ...{ accountId: account.id, productId: (await givenProduct()).id, name: "鹿鸣课堂" },
      ...{ sdkAppId: String(number++), createdAt: beijing("2026-01-05 09:00") },
    })
    .returning();
  await givenDeclared(app!.id, said);
  const receivedAt = beijing(`2026-03-0${day} 09:00`);
  return desk.filed({ appId: app!.id, accountId: account.id, receivedAt, ...traits });
}

async function sdkAppIdOf({ appId }: Request) {
  const [app] = await db
    .select()
    .from(apps)
    .where(eq(apps.id, appId ?? ""));
  return app!.sdkAppId;
}

const read = ({ number: of }: Request) =>
  readStaffRequest(acting(desk.handler, NOW), { number: of });

describe("P37: what an app for children declared leads the order of the cases", () => {
  test("what is to become of its data goes before an earlier day, a question about it does not", async () => {
    const earlier = await givenCase({ minors: false });
    const undeclared = await givenCase({ eea: false });
    const asked = await givenCase({ minors: true }, { day: 4, type: "question", ground: null });
    const first = await givenCase({ minors: true }, { day: 4 });
    const child = await givenCase({}, { day: 4, type: "child_data" });
    // An end user only names the app.
    const namedSdkAppId = await sdkAppIdOf(first);
    const named = await desk.filed({
      ...{ namedSdkAppId, appName: "鹿鸣课堂", receivedAt: beijing("2026-03-04 09:00") },
    });

    const { rows } = await listQueue(acting(desk.handler, NOW), { view: "open" });
    const order = rows.map((row) => row.number);
    const place = (one: Request) => order.indexOf(one.number);
    for (const late of [first, named, child])
      for (const early of [earlier, undeclared, asked])
        expect(place(late)).toBeLessThan(place(early));
    // Child data itself goes before both (P38), though these were filed before it.
    for (const one of [first, named]) expect(place(child)).toBeLessThan(place(one));
    const marked = rows.filter(({ isOfChildrensApp }) => isOfChildrensApp);
    expect(marked.map((row) => row.number).sort()).toEqual(
      [asked, first, named].map((one) => one.number).sort(),
    );
    const all = [first, named, child, asked, earlier, undeclared];
    const urgent = await urgentAmong(db, all);
    expect(all.map(({ id }) => urgent.has(id))).toEqual([true, true, true, false, false, false]);
  });

  test("its latest declaration counts, and what was not declared is told as that", async () => {
    const request = await givenCase({ minors: true });
    await givenDeclared(request.appId ?? "", { minors: false }, 2);
    expect((await read(request)).declared).toMatchObject({ minors: { applies: false }, eea: null });
    expect((await urgentAmong(db, [request])).size).toBe(0);
    // Of an app that nobody knows there is nothing to tell, not even that it has not declared.
    const unknown = await desk.filed({ appName: "不知名的应用", namedSdkAppId: "1999999999" });
    expect((await read(unknown)).declared).toBeNull();
  });
});

describe("P49: whether the GDPR applies leads the text of the answer and the clock beside the working days", () => {
  test("the sentence on rights in the EEA is ticked where the owner declared so, unless a proposal that came back had it otherwise", async () => {
    const { declared } = await read(await givenCase({ eea: true }));
    expect(declared?.eea).toMatchObject({ applies: true, answer: { offers: true } });
    expect(startsWithEea({}, declared?.eea?.applies ?? false)).toBe(true);
    const silent = (await read(await givenCase({}))).declared;
    expect(startsWithEea({}, silent?.eea?.applies ?? false)).toBe(false);
    expect(startsWithEea({ paragraphs: [] }, true)).toBe(false);
    expect(startsWithEea({ paragraphs: ["eea"] }, false)).toBe(true);
  });
});
