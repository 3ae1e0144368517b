import { Button, Link, Section, Text } from "react-email";

import { BREAK_ANYWHERE, CAPTION, COLOURS, LINK, UI } from "./style";

type Props = { href: string; children: React.ReactNode };

/** The one act a mail asks for. */
export function ActionButton({ href, children }: Props) {
  return (
    <Button
      href={href}
      style={{
        padding: "12px 22px",
        borderRadius: "6px",
        backgroundColor: COLOURS.action,
        color: COLOURS.actionInk,
        fontSize: "16px",
        fontWeight: 600,
      }}
    >
      {children}
    </Button>
  );
}

/** The same, set off from what stands above it. */
export function ActionPart(props: Props) {
  return (
    <Section style={{ padding: "24px 0 0" }}>
      <ActionButton {...props} />
    </Section>
  );
}

type WrittenOutProps = { label: string; address: string };

/** An address to copy, for readers whose buttons lead nowhere. */
export function WrittenOut({ label, address }: WrittenOutProps) {
  return (
    <Text style={{ ...CAPTION, margin: "16px 0 0" }}>
      {label}
      <br />
      <Link href={address} style={{ ...LINK, ...BREAK_ANYWHERE }}>
        {address}
      </Link>
    </Text>
  );
}

type LinksProps = { links: readonly { href: string; label: string }[] };

/** Other ways to go, each on its own line: easy to hit with a thumb. */
export function MoreLinks({ links }: LinksProps) {
  return links.map(({ href, label }, index) => (
    <Text key={href} style={{ ...UI, margin: index === 0 ? "16px 0 0" : "6px 0 0" }}>
      <Link href={href} style={LINK}>
        {label}
      </Link>
    </Text>
  ));
}
