"use client";

import { type ReactNode, useEffect, useRef } from "react";
import type { Problem } from "#lib/model/problem.ts";

type Props = {
  readonly problem: Problem;
  readonly children?: ReactNode;
  /** Takes the focus when it comes, where a button's press was answered with it. */
  readonly focused?: boolean;
};

/** A problem as it is told everywhere: what, why, what to do next, and the code to name on the telephone. */
export function ProblemPanel({ problem, children, focused = false }: Props) {
  const panel = useRef<HTMLElement>(null);
  // A new problem is a new object; the same one shown again does not take the focus back.
  useEffect(() => {
    if (focused && problem) panel.current?.focus();
  }, [focused, problem]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      role="alert"
      className="w-full max-w-[46rem] rounded-md border-2 border-danger bg-danger-soft px-4 py-3"
    >
      <h2 className="font-semibold">{problem.what}</h2>
      <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Line term="Why">{problem.why}</Line>
        <Line term="What to do next">{problem.next}</Line>
        <Line term="Code">
          <code className="font-mono">{problem.code}</code>
          {problem.reference !== undefined && (
            <>
              , reference <code className="font-mono break-all">{problem.reference}</code>
            </>
          )}
        </Line>
      </dl>
      {children}
    </section>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-sm font-semibold sm:leading-6">{term}</dt>
      <dd className="min-w-0 wrap-break-word">{children}</dd>
    </>
  );
}
