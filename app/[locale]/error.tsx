"use client";

import { type ComponentProps } from "react";

import { BrokenReadingPage } from "@/components/layout/broken-page";

/** Where no shell could be shown. */
export default function ErrorWithoutShell(props: ComponentProps<typeof BrokenReadingPage>) {
  return (
    <main className="max-w-page mx-auto px-5 md:px-8">
      <BrokenReadingPage {...props} />
    </main>
  );
}
