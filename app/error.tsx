"use client";

import { Button } from "#components/forms/button.tsx";
import { Plain } from "#components/frame/plain.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { problemOfError } from "#lib/wizard/problems.ts";

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  const problem = problemOfError(error);
  return (
    <Plain title="This page cannot be shown">
      <ProblemPanel
        problem={error.digest === undefined ? problem : { ...problem, reference: error.digest }}
      />
      <Button onClick={reset}>Try again</Button>
    </Plain>
  );
}
