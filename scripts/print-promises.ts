import { describePromises } from "./promises";

process.stdout.write(describePromises());
