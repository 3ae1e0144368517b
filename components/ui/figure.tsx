type Props = { value: React.ReactNode; unit?: React.ReactNode };

export function Figure({ value, unit }: Props) {
  return (
    <p className="text-figure font-semibold tabular-nums">
      {value} {unit && <span className="text-ui text-ink-muted font-normal">{unit}</span>}
    </p>
  );
}
