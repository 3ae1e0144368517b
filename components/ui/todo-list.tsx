import { type Address } from "@/lib/addresses";

import { Link } from "./link";
import { StatusShape, type StatusTone } from "./status";

export type Todo = {
  key: string;
  tone: StatusTone;
  title: React.ReactNode;
  href: Address;
  /** Why it is the reader's turn. */
  why: React.ReactNode;
  due?: React.ReactNode;
  dueNote?: React.ReactNode;
  action?: React.ReactNode;
};

/** What waits for the reader, the nearest date first. */
export function TodoList({ label, todos }: { label: string; todos: readonly Todo[] }) {
  return (
    <ul aria-label={label} className="border-line-strong border-t">
      {todos.map((todo) => (
        <li
          key={todo.key}
          data-row
          className="group border-line grid cursor-pointer grid-cols-[20px_minmax(0,1fr)] items-center gap-x-4 gap-y-0.5 border-b py-3 sm:grid-cols-[20px_minmax(0,1fr)_8.5em_minmax(9em,auto)]"
        >
          <StatusShape tone={todo.tone} />
          <div>
            <Link href={todo.href} tone="main">
              {todo.title}
            </Link>
            <div className="text-small text-ink-muted">{todo.why}</div>
          </div>
          {todo.due && (
            <div className="tabular-nums max-sm:col-start-2 sm:text-right">
              {todo.due}
              {todo.dueNote && (
                <span className="text-caption text-ink-muted block max-sm:ml-2 max-sm:inline">
                  {todo.dueNote}
                </span>
              )}
            </div>
          )}
          {todo.action && (
            <div className="whitespace-nowrap max-sm:col-start-2 max-sm:mt-1 sm:col-start-4 sm:justify-self-end">
              {todo.action}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
