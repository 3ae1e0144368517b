/** Applies the reader's theme before the first paint. An external file, so that the policy allows it. */
export function ThemeScript({ nonce }: { nonce?: string | undefined }) {
  // It must block: run later, the page would flash in the wrong colours.
  // eslint-disable-next-line @next/next/no-sync-scripts
  return <script src="/theme.js" nonce={nonce} suppressHydrationWarning />;
}
