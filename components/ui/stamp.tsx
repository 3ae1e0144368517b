/** The seal's red, only for: in force, acknowledged, approved. */
export function Stamp({ children }: { children: React.ReactNode }) {
  return (
    <span className="border-seal text-caption text-seal inline-block rounded-[3px] border-[1.5px] px-1.5 font-semibold whitespace-nowrap max-[18rem]:whitespace-normal">
      {children}
    </span>
  );
}
