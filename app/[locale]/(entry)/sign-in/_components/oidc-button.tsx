"use client";

import { signIn } from "next-auth/react";

import { Button } from "@/components/ui/button";

/** Goes to the identity provider; next-auth sends its CSRF token along. */
export function OidcButton({ label, returnPath }: { label: string; returnPath: string }) {
  return (
    <div className="mt-4">
      <Button size="lg" onClick={() => void signIn("oidc", { callbackUrl: returnPath || "/" })}>
        {label}
      </Button>
    </div>
  );
}
