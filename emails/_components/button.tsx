import { Button, Link, Text } from "react-email";

import { COLOURS, LINK, UI } from "./style";

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
