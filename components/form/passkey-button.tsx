"use client";

import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { PasskeyQuestion } from "@/domain/access/ask-passkey";

import type { FormAction } from "./action-form";
import { answered } from "./answered";
import { faultsIn, useForm } from "./form-state";
import { useMessage } from "./use-message";

type Props = {
  /** Answers with what the browser is to be asked for. */
  ask: FormAction;
  children: React.ReactNode;
};

/**
 * Has the browser make a passkey, or sign with one, and sends the form around it with the answer.
 * It needs scripts, and says so where they do not run.
 */
export function PasskeyButton({ ask, children }: Props) {
  const t = useTranslations("access.browser.passkey");
  const { pending } = useForm();
  const answer = useRef<HTMLInputElement>(null);
  const { fault, isWorking, find } = usePasskey(ask);

  async function send() {
    const field = answer.current;
    if (!field?.form || isWorking || pending) return;
    field.value = "";
    // What the form lacks its action says, before a key is made for nothing.
    const found = faultsIn(field.form) ? "" : await find();
    if (found === null) return;
    field.value = found;
    field.form.requestSubmit();
  }

  return (
    <>
      {fault && (
        <div key={fault.at} className="mb-4">
          <Banner tone="danger" role="alert">
            {fault.text}
          </Banner>
        </div>
      )}
      <p className="hidden noscript:block">{t("needsScripts")}</p>
      <input ref={answer} type="hidden" name="answer" />
      <Button
        variant="primary"
        className="noscript:hidden"
        aria-disabled={isWorking || pending || undefined}
        onClick={() => void send()}
      >
        {isWorking ? t("working") : children}
      </Button>
    </>
  );
}

/** What the browser answers, as text; null after a fault, which is in words. */
function usePasskey(ask: FormAction) {
  const t = useTranslations("access.browser.passkey");
  const say = useMessage();
  const [fault, setFault] = useState<{ text: string; at: number }>();
  const [isWorking, setWorking] = useState(false);

  const refuse = (text: string) => {
    setFault({ text, at: Date.now() });
    return null;
  };

  async function findNow(): Promise<string | null> {
    if (!browserSupportsWebAuthn()) return refuse(t("unsupported"));
    const state = await answered(ask)({ status: "idle" }, new FormData());
    if (state.status === "refused")
      return refuse(state.said?.[state.messageKey] ?? say(state.messageKey, state.values));
    if (state.status !== "done" || !state.question) return refuse(t("failed"));
    const end = Date.now() + timeOf(state.question);
    try {
      return JSON.stringify(await answerOf(state.question));
    } catch (error) {
      return refuse(t(wordFor(error, Date.now() >= end)));
    }
  }

  async function find(): Promise<string | null> {
    setFault(undefined);
    setWorking(true);
    return findNow().finally(() => setWorking(false));
  }

  return { fault, isWorking, find };
}

const answerOf = (question: PasskeyQuestion) =>
  "create" in question
    ? startRegistration({ optionsJSON: question.create })
    : startAuthentication({ optionsJSON: question.get });

const timeOf = (question: PasskeyQuestion): number =>
  ("create" in question ? question.create.timeout : question.get.timeout) ?? Infinity;

type Word = "cancelled" | "timedOut" | "there" | "host" | "unlock" | "unsupported" | "failed";

const WORDS = new Map<string, Word>([
  ["ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED", "there"],
  ["ERROR_INVALID_DOMAIN", "host"],
  ["ERROR_INVALID_RP_ID", "host"],
  ["ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT", "unlock"],
  ["AbortError", "cancelled"],
  ["ConstraintError", "unlock"],
  ["InvalidStateError", "there"],
  ["NotAllowedError", "cancelled"],
  ["NotSupportedError", "unsupported"],
  ["SecurityError", "host"],
]);

/** Browsers keep "cancelled" and "too late" apart for nobody (WebAuthn 14.5.1): the clock tells. */
function wordFor(error: unknown, isLate: boolean): Word {
  if (!(error instanceof Error)) return "failed";
  const code = error instanceof WebAuthnError ? WORDS.get(error.code) : undefined;
  const word = code ?? WORDS.get(error.name) ?? "failed";
  return word === "cancelled" && isLate ? "timedOut" : word;
}
