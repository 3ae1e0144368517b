"use client";

import { useEffect, useRef, useState } from "react";

import { useForm } from "@/components/form/form-state";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

import { type PushState, type Subscribed, stateNow, subscribed } from "./push-here";

type Props = {
  /** By which the browser's push service knows the portal, base64url. */
  publicKey: string;
  /** SHA-256 of the addresses that stand for the reader, in hex. */
  standing: readonly string[];
  words: Record<State | "add" | "working" | "failed" | "needsScripts", string>;
};

/** `checking` until the browser has said. */
type State = PushState | "checking";

/**
 * Asks the browser for the reader's consent and sends the form around it with what the browser then
 * names: its push service's address and its keys. It says how this browser stands.
 */
export function PushButton({ publicKey, standing, words }: Props) {
  const { pending } = useForm();
  const fields = useRef<HTMLSpanElement>(null);
  const { state, fault, isWorking, subscribe } = usePush({ publicKey, standing });

  async function send() {
    const form = fields.current?.closest("form");
    if (!form || isWorking || pending) return;
    const found = await subscribe();
    if (!found) return;
    for (const [name, value] of Object.entries(found)) {
      const field = form.elements.namedItem(name === "endpoint" ? "address" : name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.requestSubmit();
  }

  return (
    <>
      <p className="hidden noscript:block">{words.needsScripts}</p>
      <p className="text-ui noscript:hidden" role="status">
        {words[state]}
      </p>
      {fault > 0 && (
        <div key={fault} className="mt-3">
          <Banner tone="danger" role="alert">
            {words.failed}
          </Banner>
        </div>
      )}
      <span ref={fields} hidden>
        <input type="hidden" name="address" />
        <input type="hidden" name="p256dh" />
        <input type="hidden" name="auth" />
      </span>
      {state === "off" && (
        <div className="mt-3 noscript:hidden">
          <Button
            variant="outline"
            aria-disabled={isWorking || pending || undefined}
            onClick={() => void send()}
          >
            {isWorking ? words.working : words.add}
          </Button>
        </div>
      )}
    </>
  );
}

function usePush({ publicKey, standing }: Omit<Props, "words">) {
  const [state, setState] = useState<State>("checking");
  const [fault, setFault] = useState(0);
  const [isWorking, setWorking] = useState(false);
  const known = standing.join();

  useEffect(() => {
    let isCurrent = true;
    void stateNow({ publicKey, standing: known.split(",") }).then((now) => {
      if (isCurrent) setState(now);
    });
    return () => {
      isCurrent = false;
    };
  }, [publicKey, known]);

  /** What the browser names once its owner agreed; null where it does not, which is said. */
  async function subscribe(): Promise<Subscribed | null> {
    setFault(0);
    setWorking(true);
    try {
      const permission = await Notification.requestPermission();
      if (permission !== "granted") {
        // Who closed the question without an answer may be asked again.
        setState(permission === "denied" ? "denied" : "off");
        return null;
      }
      return await subscribed(publicKey);
    } catch {
      setFault(Date.now());
      return null;
    } finally {
      setWorking(false);
    }
  }

  return { state, fault, isWorking, subscribe };
}
