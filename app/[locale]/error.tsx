"use client";

import { type ComponentProps } from "react";

import { BrokenPage } from "@/components/layout/broken-page";

/** Where no shell could be shown. */
export default function ErrorWithoutShell(props: ComponentProps<typeof BrokenPage>) {
  return (
    <main className="mx-auto max-w-312 px-5 md:px-8">
      <BrokenPage {...props} />
    </main>
  );
}
