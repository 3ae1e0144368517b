"use client";

import { useState } from "react";

import type { FormState } from "@/server/action";

import { asRefusal } from "./answered";
import { useMessage } from "./use-message";

type Props = {
  action: (form: FormData) => Promise<void>;
  className?: string;
  children: React.ReactNode;
};

/** A form that is one button; what nobody answered is said below it, and it may be pressed again. */
export function ButtonForm({ action, className, children }: Props) {
  const say = useMessage();
  const [fault, setFault] = useState<FormState>();

  async function send(form: FormData) {
    setFault(undefined);
    await action(form).catch((error: unknown) => setFault(asRefusal(error)));
  }

  return (
    <form action={typeof window === "undefined" ? action : send} className={className}>
      {children}
      {fault?.status === "refused" && (
        <p key={fault.at} role="alert" className="text-small text-danger max-w-form mt-2">
          {say(fault.messageKey, fault.values)}
        </p>
      )}
    </form>
  );
}
