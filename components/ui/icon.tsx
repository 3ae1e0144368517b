/** One drawing per name, on a 16-unit grid, drawn with a stroke of the text's colour. */
const PATHS = {
  add: "M8 3v10M3 8h10",
  archive: "M2.5 3.5h11v3h-11zM3.5 6.500v6.500h9V6.500M6.500 9h3",
  back: "M13 8H3.500M7 4 3 8l4 4",
  bell: "M3.500 11.500h9c-1-1-1.500-2-1.500-5a3 3 0 0 0-6 0c0 3-.5 4-1.500 5zM6.800 13.500h2.400",
  book: "M2.5 3.500h4A1.500 1.500 0 0 1 8 5v8a1.500 1.500 0 0 0-1.500-1.500h-4zM13.500 3.500h-4A1.500 1.500 0 0 0 8 5v8a1.500 1.500 0 0 1 1.500-1.500h4z",
  calendar: "M2.5 4h11v9.500h-11zM2.5 7h11M5.500 2.500V5M10.500 2.500V5",
  check: "m3 8.500 3.200 3.200L13 4.800",
  "chevron-down": "m4 6 4 4 4-4",
  "chevron-left": "m10 4-4 4 4 4",
  "chevron-right": "m6 4 4 4-4 4",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.800V8l2.200 1.600",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1",
  download: "M8 2.500v7.500M4.800 7 8 10.200 11.200 7M2.5 13.500h11",
  edit: "M3 13l.6-2.700L10.800 3.100l2.100 2.100-7.200 7.200zM9.300 4.600l2.100 2.100",
  error: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.500M8 11v.1",
  external: "M6.500 3.500h-3v9h9v-3M9.500 2.500h4v4M13.500 2.500 7.500 8.500",
  file: "M4 2.500h5l3 3v8H4zM9 2.500v3h3",
  globe:
    "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c2 1.700 2.800 3.700 2.800 6S10 12.300 8 14c-2-1.700-2.800-3.700-2.800-6S6 3.700 8 2z",
  history: "M3 8a5 5 0 1 0 1.700-3.750M3 2.500v2.800h2.800M8 5.200V8l2 1.400",
  home: "M2.5 7.500 8 3l5.500 4.500M4 6.500v7h8v-7",
  inbox: "M2.5 9.500h3l1 2h3l1-2h3M2.5 9.500l2-6h7l2 6v3.500h-11z",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.300V11M8 5v.1",
  link: "M6.700 9.300a2.300 2.300 0 0 0 3.300 0l2.300-2.300a2.300 2.300 0 0 0-3.300-3.300l-.6.6M9.300 6.700a2.300 2.300 0 0 0-3.300 0L3.700 9a2.300 2.300 0 0 0 3.300 3.300l.6-.6",
  lock: "M4 7.500h8v6H4zM5.700 7.500V5.300a2.300 2.300 0 0 1 4.600 0v2.200",
  mail: "M2.5 3.500h11v9h-11zM2.5 4.500 8 9l5.500-4.500",
  megaphone: "M3 6.500v3h2l6 3v-9l-6 3zM5 9.500v3.500h1.500l.5-2.500M13 6.800v2.400",
  menu: "M2.5 4.500h11M2.5 8h11M2.5 11.500h11",
  minus: "M3 8h10",
  moon: "M13.500 9.400A5.500 5.500 0 0 1 6.600 2.500a5.500 5.500 0 1 0 6.900 6.900z",
  more: "M3.500 8h.1M8 8h.1M12.400 8h.1",
  person:
    "M8 2.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM3 13.500c.4-2.500 2.300-4 5-4s4.600 1.500 5 4",
  print: "M4.500 6V2.500h7V6M4.500 11h-2V6h11v5h-2M4.500 9.500h7v4h-7z",
  search: "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.300 10.300l3.200 3.200",
  send: "M13.500 2.500 7 9M13.500 2.500l-4 11L7 9 2.500 6.500z",
  shield: "M8 2l5 1.800v3.700c0 3-2 5.300-5 6.500-3-1.200-5-3.500-5-6.500V3.800z",
  "sign-out": "M6.500 2.500h-4v11h4M6.500 8h7M10.800 5 13.800 8l-3 3",
  sun: "M8 5.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600zM8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M12.600 3.400l-.9.9M4.300 11.700l-.9.9",
  system: "M2 3h12v8H2zM6 13.500h4M8 11v2.500",
  upload: "M8 10.500V3M4.800 6 8 2.800 11.200 6M2.5 13.500h11",
  warn: "M8 2 14.500 13.500h-13zM8 6.500v3M8 11.500v.1",
} as const;

export type IconName = keyof typeof PATHS;

type Props = { name: IconName; size?: 14 | 16 | 20; className?: string };

const SIZES = { 14: "size-3.5", 16: "size-4", 20: "size-5" } as const;

/** Decoration beside a word or inside a labelled control; it never stands for a word alone. */
export function Icon({ name, size = 16, className = "" }: Props) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`block flex-none fill-none stroke-current ${SIZES[size]} ${className}`}
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
