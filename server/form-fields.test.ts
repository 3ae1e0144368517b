import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { z } from "zod";

import { addContact } from "@/domain/accounts/add-contact";
import { createAccount } from "@/domain/accounts/create-account";
import { declareOwnApp } from "@/domain/accounts/declare-app";
import { editAccount } from "@/domain/accounts/edit-account";
import { saveOwnApp } from "@/domain/accounts/own-apps";
import { saveApp } from "@/domain/accounts/save-app";
import { saveMember } from "@/domain/accounts/save-member";
import { noteTry } from "@/domain/broadcasts/calls";
import { addEndpoint } from "@/domain/endpoints/add";
import { changeEndpoint } from "@/domain/endpoints/change";
import { editIncident } from "@/domain/incidents/edit-incident";
import { openIncident } from "@/domain/incidents/open-incident";
import { audienceInput } from "@/domain/incidents/input";
import { saveAudience } from "@/domain/incidents/save-audience";
import { inRoot } from "@/lib/paths";

import { readForm } from "./read-form";

/** Forms read by a verb's own schema alone, with the files of their fields. */
const FORMS: [file: string, ...schemas: z.ZodObject[]][] = [
  ["app/[locale]/(ops)/ops/calls/page.tsx", noteTry.input],
  ["components/accounts/contact-fields.tsx", addContact.input],
  ["components/endpoints/endpoint-fields.tsx", addEndpoint.input, changeEndpoint.input],
  ["components/accounts/member-fields.tsx", saveMember.input],
  ["components/accounts/account-fields.tsx", createAccount.input, editAccount.input],
  ["components/accounts/app-declarations.tsx", declareOwnApp.input],
  ["components/accounts/app-fields.tsx", saveApp.input, saveOwnApp.input],
  [
    "app/[locale]/(ops)/ops/incidents/_components/incident-fields.tsx",
    openIncident.input,
    editIncident.input,
  ],
  ["app/[locale]/(ops)/ops/_notices/audience-form.tsx", audienceInput],
  ["app/[locale]/(ops)/ops/_notices/saved-audiences.tsx", saveAudience.input],
];

const NAMED_FIELD = /<(?!Icon\b)\w+(?:(?!<)[\s\S])*?\sname="(\w+)[^"]*"/g;

test.each(FORMS)("%s asks for nothing that its verb does not read", (file, ...schemas) => {
  const names = [...readFileSync(inRoot(file), "utf8").matchAll(NAMED_FIELD)].map(
    ([, name]) => name,
  );

  expect(names).not.toEqual([]);
  const known = schemas.flatMap(({ shape }) => Object.keys(shape));
  expect(names.filter((name) => !known.includes(name ?? ""))).toEqual([]);
});

test.each([addContact, saveMember])("the language chosen for somebody's mails is read", (verb) => {
  const form = new FormData();
  form.set("locale", "en");

  expect(readForm(form, verb.input)).toMatchObject({ locale: "en" });
});
