import { translator } from "@/messages/translator";

import type { Sender } from "./sender";
import { COLOURS, UI } from "./style";

/** The mark and who speaks. The seal is a table cell, so that it shows where pictures are blocked. */
export function Masthead({ sender: { locale, vendor } }: { sender: Sender }) {
  const t = translator(locale, "common");
  return (
    <table
      role="presentation"
      border={0}
      cellPadding="0"
      cellSpacing="0"
      style={{ marginBottom: "28px" }}
    >
      <tbody>
        <tr>
          <td valign="middle">
            <Seal />
          </td>
          <td
            data-text="sender"
            valign="middle"
            style={{ ...UI, padding: "0 0 0 10px", fontSize: "16px", fontWeight: 600 }}
          >
            {vendor}
          </td>
          <td data-text="value" valign="middle" style={{ padding: "0 0 0 10px" }}>
            <span
              style={{
                ...UI,
                borderLeft: `1px solid ${COLOURS.lineStrong}`,
                paddingLeft: "10px",
                color: COLOURS.inkMuted,
              }}
            >
              {t("productName")}
            </span>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** In a table of its own, or it would grow with a name of two lines. */
const Seal = () => (
  <table role="presentation" border={0} cellPadding="0" cellSpacing="0">
    <tbody>
      <tr>
        <td
          aria-hidden="true"
          data-skip-in-text="true"
          lang="zh-CN"
          width="28"
          height="28"
          align="center"
          valign="middle"
          style={SEAL}
        >
          告
        </td>
      </tr>
    </tbody>
  </table>
);

const SEAL = {
  width: "28px",
  height: "28px",
  borderRadius: "4px",
  backgroundColor: COLOURS.seal,
  color: COLOURS.sealInk,
  fontSize: "18px",
  lineHeight: "28px",
  fontWeight: 600,
};
