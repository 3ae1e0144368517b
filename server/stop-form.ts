import "server-only";

import { STOP_PLACES } from "@/db/vocabulary/accounts";

import { readText } from "./form-fields";

/** The form of how to stop: two languages for each platform. */
export const readStopWays = (form: FormData) =>
  Object.fromEntries(
    STOP_PLACES.map((place) => [
      place,
      { "zh-CN": readText(form, `ways.${place}.zh-CN`), en: readText(form, `ways.${place}.en`) },
    ]),
  );
