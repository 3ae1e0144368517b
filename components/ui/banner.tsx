import { cn } from "@/lib/cn";

import { Icon, type IconName } from "./icon";

export type BannerTone = "info" | "ok" | "warn" | "danger" | "plain";

const TONES: Record<BannerTone, { box: string; icon: string; name: IconName }> = {
  info: { box: "bg-info-soft", icon: "text-info", name: "info" },
  ok: { box: "bg-ok-soft", icon: "text-ok", name: "check" },
  warn: { box: "bg-warn-soft", icon: "text-warn", name: "warn" },
  danger: { box: "bg-danger-soft", icon: "text-danger", name: "error" },
  plain: { box: "bg-sunken", icon: "text-ink-soft", name: "info" },
};

type Props = {
  tone?: BannerTone;
  title?: React.ReactNode;
  children?: React.ReactNode;
  actions?: React.ReactNode;
  /** `status` or `alert` for what appears while the reader is here; nothing for what was there before. */
  role?: "status" | "alert";
  /** Stands on paper too, though it only appeared just now. */
  onPaper?: boolean;
};

/** One thing the reader should know before going on, over the full width of its column. */
export function Banner({ tone = "info", title, children, actions, role, onPaper }: Props) {
  const { box, icon, name } = TONES[tone];
  return (
    <div
      role={role}
      className={cn(
        "text-ui text-ink print:border-line-strong flex flex-wrap items-start gap-x-3 gap-y-1 rounded-md px-4 py-2.5 sm:flex-nowrap print:border forced-colors:border",
        box,
        // What has just happened on the screen is no part of the paper.
        role && !onPaper && "print:hidden",
      )}
    >
      <Icon name={name} className={`mt-[3px] ${icon}`} />
      <div className="min-w-0 flex-1 basis-0">
        {title && <strong>{title}</strong>}
        {title && children ? " " : null}
        {children}
      </div>
      {actions && (
        <div className="flex flex-none flex-wrap gap-2 max-sm:mt-1 max-sm:w-full max-sm:pl-7 print:hidden">
          {actions}
        </div>
      )}
    </div>
  );
}
