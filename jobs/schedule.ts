import type { JobName } from "@/domain/jobs";

/**
 * The timetable, in UTC. What a verb enqueues runs at once; these catch what a killed worker left,
 * and bring midnight in Shanghai (16:00 UTC).
 */
export const SCHEDULE: readonly { job: JobName; cron: string }[] = [
  { job: "deliver-mails", cron: "* * * * *" },
  { job: "activate-versions", cron: "* * * * *" },
  { job: "execute-deregistrations", cron: "* * * * *" },
  { job: "remind-unacknowledged", cron: "0 1 * * *" },
  { job: "remind-requests", cron: "0 1 * * *" },
];
