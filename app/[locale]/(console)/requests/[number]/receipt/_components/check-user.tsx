"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DELETION_OUTCOMES, type DeletionOutcome } from "@/db/vocabulary/disposals";

type Outcome = DeletionOutcome | "missing" | "failed";

type Props = {
  /** The file of hashes, which comes here; what is typed goes nowhere. */
  file: string;
  words: { label: string; hint: string; check: string; found: Record<Outcome, string> };
};

/**
 * Whether a user is on the receipt: the hash is made in the browser and looked for in the receipt's own file.
 * It is no form, so that nothing of it can be sent, with scripts or without.
 */
export function CheckUser({ file, words }: Props) {
  const [user, setUser] = useState("");
  const [says, setSays] = useState<Outcome | null>(null);
  const check = () => {
    const typed = user.trim();
    if (!typed) return;
    lookFor(typed, file).then(setSays, () => setSays("failed"));
  };
  return (
    <div className="max-w-form print:hidden">
      <Field id="check-user" label={words.label} hint={words.hint}>
        <Input
          id="check-user"
          autoComplete="off"
          aria-describedby="check-user-hint"
          value={user}
          onChange={({ currentTarget }) => {
            setUser(currentTarget.value);
            setSays(null);
          }}
          onKeyDown={({ key }) => key === "Enter" && check()}
        />
      </Field>
      <Button type="button" className="mt-3" onClick={check}>
        {words.check}
      </Button>
      <p role="status" className="mt-2">
        {says && words.found[says]}
      </p>
    </div>
  );
}

/** @throws where the file does not come */
async function lookFor(user: string, file: string): Promise<Outcome> {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const rows = (await answer.text()).split("\r\n").map((line) => line.split(","));
  const salts = new Set(rows.slice(1).map(([salt = ""]) => salt));
  for (const salt of salts) {
    const hash = await hashOf(`${salt}\n${user}`);
    const outcome = rows.find((row) => row[0] === salt && row[1] === hash)?.[2];
    const known = DELETION_OUTCOMES.find((one) => one === outcome);
    if (known) return known;
  }
  return "missing";
}

async function hashOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
