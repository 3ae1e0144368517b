import { z } from "zod";

import { pingDatabase } from "@/db/client";

import { query } from "../query";

/** Answers when the database does, and refuses within a second when it does not. */
export const databaseAnswers = query({
  may: "access.readSession",
  input: z.object({}),
  run: pingDatabase,
});
