import { Text } from "react-email";

import { CAPTION, COLOURS } from "./style";

/** Above the title: the kind of mail; a diamond and its words where an answer is awaited. */
export function Kicker({ isWaiting = false, children }: { isWaiting?: boolean; children: string }) {
  return (
    <Text
      style={{
        ...CAPTION,
        margin: "0 0 6px",
        fontSize: "13px",
        fontWeight: 600,
        color: isWaiting ? COLOURS.warn : COLOURS.inkMuted,
      }}
    >
      {isWaiting && <span aria-hidden="true">{"◆ "}</span>}
      {children}
    </Text>
  );
}

type StampProps = { isSealed: boolean; children: string };

/** The word of an answer; in the seal's red only when it is an acknowledgement. */
export function Stamp({ isSealed, children }: StampProps) {
  const colour = isSealed ? COLOURS.seal : COLOURS.inkSoft;
  return (
    <Text style={{ margin: "0 0 10px", fontSize: "13px", lineHeight: "24px" }}>
      <span
        style={{
          border: `2px solid ${colour}`,
          borderRadius: "3px",
          padding: "1px 6px",
          color: colour,
          fontWeight: 600,
        }}
      >
        {children}
      </span>
    </Text>
  );
}
