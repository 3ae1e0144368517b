"use client";

import { signIn } from "next-auth/react";
import { useState, useTransition } from "react";

import { Button } from "@/components/ui/button";

type Props = {
  label: string;
  /** Where next-auth comes back to. */
  landing: string;
  /** Said when this site itself does not answer. */
  failed: string;
};

/** Goes to the identity provider; next-auth sends its CSRF token along. */
export function OidcButton({ label, landing, failed }: Props) {
  const [isGoing, go] = useTransition();
  const [hasFailed, setFailed] = useState(false);
  const leave = () =>
    go(async () => {
      setFailed(false);
      await signIn("oidc", { callbackUrl: landing }).catch(() => setFailed(true));
    });
  return (
    <div className="mt-4">
      <Button disabled={isGoing} onClick={leave}>
        {label}
      </Button>
      {hasFailed && (
        <p role="alert" className="text-danger text-ui mt-2">
          {failed}
        </p>
      )}
    </div>
  );
}
