import { encode } from "uqr";

type Props = { text: string; label: string; className?: string };

/** A picture for a phone's camera: black on white in the dark too, or no camera reads it. */
export function QrCode({ text, label, className = "size-52" }: Props) {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={`border-line border ${className}`}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
  );
}
