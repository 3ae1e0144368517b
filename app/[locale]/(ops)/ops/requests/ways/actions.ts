"use server";

import { removeWay, saveWay } from "@/domain/requests/save-way";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const save = formAction(async (ctx, form) => {
  const way = readForm(form, saveWay.input);
  await saveWay(ctx, way);
  return way.wayId ? { to: "/ops/requests/ways" } : { messageKey: "requests.desk.ways.saved" };
});

export const remove = formAction(async (ctx, form) => {
  await removeWay(ctx, readForm(form, removeWay.input));
  return { messageKey: "requests.desk.ways.removed" };
});
