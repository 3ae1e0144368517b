import { COLOURS } from "./_components/style";

type Colour = keyof typeof COLOURS;
type Pairs = Partial<Record<Colour, string>>;

/**
 * What each colour is on a dark ground: the dark values of app/tokens.css, by what it colours. White
 * words stand on the button and the seal alone, which stay as they are; a link's blue and the button's
 * are one in light and two in dark.
 */
export const DARK: Record<"color" | "background-color" | "border-color", Pairs> = {
  color: {
    ink: "#EDEAE4",
    inkSoft: "#CBC7BF",
    inkMuted: "#A19C93",
    action: "#8DB1FA",
    actionInk: "#FFFFFF",
    seal: "#EC6A49",
    warn: "#E2B659",
  },
  "background-color": {
    ground: "#121110",
    sheet: "#191816",
    sunken: "#141311",
    action: "#356BDD",
    seal: "#BE3517",
    warnSoft: "#2E2615",
  },
  "border-color": {
    line: "#2E2C29",
    lineStrong: "#47443F",
    ink: "#EDEAE4",
    inkSoft: "#CBC7BF",
    seal: "#EC6A49",
    warnLine: "#5E4C22",
  },
};

type Property = keyof typeof DARK;
const SIGNS: Record<Property, string> = {
  color: "c",
  "background-color": "b",
  "border-color": "l",
};
const PROPERTIES = Object.keys(DARK) as Property[];

/** "c-ink": a name for what an inline colour is, so that a style sheet may turn it. */
const nameOf = (property: Property, colour: string) => `${SIGNS[property]}-${colour}`;

const rulesOf = (property: Property, before = ""): string =>
  Object.entries(DARK[property])
    .map(([colour, dark]) => `${before}.${nameOf(property, colour)}{${property}:${dark}!important}`)
    .join("");

/**
 * Apple's mail programs, Thunderbird and Outlook for Mac ask the media; outlook.com says by attributes of
 * its own that it turned words (ogsc) and grounds (ogsb). Who knows neither drops it, and shows the light mail
 * or turns that by itself.
 */
export const DARK_SHEET = [
  `<style>@media (prefers-color-scheme:dark){${PROPERTIES.map((one) => rulesOf(one)).join("")}}`,
  rulesOf("color", "[data-ogsc] "),
  rulesOf("border-color", "[data-ogsc] "),
  rulesOf("background-color", "[data-ogsb] "),
  "</style>",
].join("");

/** The rendered mail with a name on each inline colour and the sheet that turns them on a dark ground. */
export function withDark(html: string): string {
  const named = html.replaceAll(/ style="([^"]*)"/g, (whole, style: string) => {
    const names = new Set(style.split(";").flatMap(namesIn));
    return names.size > 0 ? ` class="${[...names].join(" ")}"${whole}` : whole;
  });
  return named.replace("</head>", `${DARK_SHEET}</head>`);
}

function namesIn(declaration: string): string[] {
  const [property = "", value = ""] = declaration.split(":");
  const [hex] = /#[0-9a-f]{6}\b/i.exec(value) ?? [];
  const kind = propertyOf(property.trim());
  if (!hex || !kind) return [];
  const colour = (Object.keys(DARK[kind]) as Colour[]).find(
    (one) => COLOURS[one].toLowerCase() === hex.toLowerCase(),
  );
  return colour ? [nameOf(kind, colour)] : [];
}

function propertyOf(property: string): Property | null {
  if (property === "color" || property === "background-color") return property;
  return property.startsWith("border") ? "border-color" : null;
}
