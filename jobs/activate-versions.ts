import { asJob } from "@/domain/context";
import { activateDueVersions } from "@/domain/policies/activate";

/** Midnight in Shanghai has come: versions due come into force, the ones before them are archived. */
export const activateVersions = (now: Date): Promise<string[]> =>
  activateDueVersions(asJob("activate-versions", now), {});
