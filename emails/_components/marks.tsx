import { Text } from "react-email";

import { CAPTION, COLOURS } from "./style";

type KickerProps = { mark?: string | undefined; children: string };

/** Above the title: the kind of mail, and as on the pages a mark where it weighs more or asks for an act. */
export function Kicker({ mark, children }: KickerProps) {
  return (
    <Text
      style={{
        ...CAPTION,
        margin: "0 0 6px",
        fontSize: "13px",
        fontWeight: 600,
        color: COLOURS.inkMuted,
      }}
    >
      {children}
      {mark && (
        <>
          {" "}
          <span style={MARK}>{mark}</span>
        </>
      )}
    </Text>
  );
}

const MARK = {
  marginLeft: "6px",
  border: `1px solid ${COLOURS.warnLine}`,
  borderRadius: "4px",
  padding: "1px 6px",
  backgroundColor: COLOURS.warnSoft,
  color: COLOURS.warn,
} as const;

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
