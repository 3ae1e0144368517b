import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import type {
  IncidentKind,
  IncidentStatus as StatusValue,
  Severity,
  Visibility,
} from "@/db/vocabulary/incidents";

import { IncidentStatus, SeverityChip } from "./incident-status";

type Props = {
  status: StatusValue;
  severity: Severity;
  kind: IncidentKind;
  visibility: Visibility;
  product?: string;
  /** Whether it concerns an account of the reader's. */
  isConcerned?: boolean;
};

/** How an incident stands, how grave it is, what kind it is, and whether others may read of it. */
export function IncidentMarks({ status, severity, kind, visibility, product, isConcerned }: Props) {
  const t = useTranslations("notices");
  const words = useTranslations("incidents");
  return (
    <span className="text-ui flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <IncidentStatus status={status} />
      <span className="flex flex-wrap gap-1.5">
        {isConcerned && <Chip tone="warn">{words("list.yours")}</Chip>}
        <SeverityChip severity={severity} />
        <Chip>{t(`kind.${kind}`)}</Chip>
        {product && <Chip>{product}</Chip>}
        {visibility !== "public" && <Chip tone="info">{words(`visibility.${visibility}`)}</Chip>}
      </span>
    </span>
  );
}
