"use client";

import { useEffect, useRef, useState } from "react";

import { useForm } from "@/components/form/form-state";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

type Props = {
  /** By which the browser's push service knows the portal, base64url. */
  publicKey: string;
  /** SHA-256 of the addresses that stand for the reader, in hex. */
  standing: readonly string[];
  words: Record<State | "add" | "working" | "failed" | "needsScripts", string>;
};

/** Where the reader's browser stands: `checking` until it has said. */
type State = "checking" | "unsupported" | "denied" | "off" | "on";
type Subscribed = { endpoint: string; p256dh: string; auth: string };

const SCRIPT = "/push.js";

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
    void stateNow(known.split(",")).then((now) => {
      if (isCurrent) setState(now);
    });
    return () => {
      isCurrent = false;
    };
  }, [known]);

  /** What the browser names once its owner agreed; null where it does not, which is said. */
  async function subscribe(): Promise<Subscribed | null> {
    setFault(0);
    setWorking(true);
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        setState("denied");
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

async function stateNow(standing: readonly string[]): Promise<State> {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window))
    return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription || Notification.permission !== "granted") return "off";
  return standing.includes(await hashOf(new URL(subscription.endpoint).href)) ? "on" : "off";
}

/** A subscription under this key; one under a key before is given up. */
async function subscribed(publicKey: string): Promise<Subscribed> {
  await navigator.serviceWorker.register(SCRIPT);
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  const key = before?.options.applicationServerKey;
  if (before && base64url(key) !== publicKey) await before.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint } = subscription;
  return {
    endpoint,
    p256dh: base64url(subscription.getKey("p256dh")),
    auth: base64url(subscription.getKey("auth")),
  };
}

const base64url = (bytes: ArrayBuffer | null | undefined): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
