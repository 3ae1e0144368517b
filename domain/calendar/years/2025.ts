import type { CalendarYear } from "../input";
import { rest, work } from "./span";

/** As the General Office of the State Council published it on 12 November 2024. */
export const year2025: CalendarYear = {
  year: 2025,
  source: "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号，2024-11-12）",
  isComplete: true,
  days: [
    ...rest("元旦", "2025-01-01", "2025-01-01"),
    ...work("春节调休上班", "2025-01-26"),
    ...rest("春节", "2025-01-28", "2025-02-04"),
    ...work("春节调休上班", "2025-02-08"),
    ...rest("清明节", "2025-04-04", "2025-04-06"),
    ...work("劳动节调休上班", "2025-04-27"),
    ...rest("劳动节", "2025-05-01", "2025-05-05"),
    ...rest("端午节", "2025-05-31", "2025-06-02"),
    ...work("国庆节调休上班", "2025-09-28"),
    ...rest("国庆节、中秋节", "2025-10-01", "2025-10-08"),
    ...work("国庆节调休上班", "2025-10-11"),
  ],
};
