import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Answer, Body } from "#lib/model/messages.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Run } from "#lib/model/run.ts";
import { call, openRunEvents } from "#lib/wizard/client.ts";
import { endsSignIn, ProblemError, problemOfError } from "#lib/wizard/problems.ts";
import { watchRun } from "#lib/wizard/run-events.ts";
import { signInBegun } from "#lib/wizard/sign-in.ts";

/** How often the agent is asked whether it still holds its connection. */
const statusInterval = 15_000;

/** Who is signed in: null for nobody. Loads MSAL only when somebody is, or is coming back from the authority. */
export function useMe() {
  return useQuery<Answer<"me"> | null>({
    queryKey: ["me"],
    queryFn: ({ signal }) => (signInBegun() ? call("me", { signal }) : null),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The problem that ended the last sign-in in the middle of the work, until the next one. */
export function useSignInProblem(): Problem | undefined {
  return useQuery<Problem>({ queryKey: ["signInProblem"], enabled: false }).data;
}

/** The agent's state; asked only for people who may read it. */
export function useStatus() {
  const { data: me } = useMe();
  return useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => call("status", { signal }),
    enabled: me?.access === "reader" || me?.access === "admin",
    refetchInterval: statusInterval,
  });
}

/** The tenant's name and sample groups. */
export function useTenant() {
  const { data: me } = useMe();
  return useQuery({
    queryKey: ["tenant"],
    queryFn: ({ signal }) => call("tenant", { signal }),
    enabled: me?.access === "reader" || me?.access === "admin",
    staleTime: 60_000,
  });
}

/** The newest runs. */
export function useRuns() {
  return useQuery({
    queryKey: ["runs"],
    queryFn: ({ signal }) => call("runs", { query: { limit: 20 }, signal }),
    refetchInterval: statusInterval,
  });
}

/** A run, followed live while it is running; `lost` while the connection to it is being tried again. */
export function useRun(id: string | undefined): {
  readonly run: Run | undefined;
  readonly problem: Problem | undefined;
  readonly lost: boolean;
} {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  const [broken, setBroken] = useState<Problem>();
  const { data: run, error } = useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => call("run", { parameters: { id: id ?? "" }, signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const running = run?.state === "running";
  useEffect(() => {
    setBroken(undefined);
    setLost(false);
    if (id === undefined || !running) return;
    const stop = new AbortController();
    watchRun({
      open: () => openRunEvents(id, stop.signal),
      onRun: (next) => {
        setLost(false);
        client.setQueryData(["run", id], next);
      },
      onLost: () => setLost(true),
      worthwhile: (thrown) => !(thrown instanceof ProblemError) || worthAnotherTry(thrown.problem),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      signal: stop.signal,
    }).catch((thrown: unknown) => {
      setBroken(problemOfError(thrown));
      // Asking once more as a query lets a sign-in that has ended be noticed everywhere.
      void client.invalidateQueries({ queryKey: ["run", id] });
    });
    return () => stop.abort();
  }, [client, id, running]);
  return { run, problem: broken ?? (error ? problemOfError(error) : undefined), lost };
}

/** A run that is gone, or a person who may not see it, will not come back by asking again. */
function worthAnotherTry(problem: Problem): boolean {
  return !endsSignIn(problem) && problem.code !== "E1005" && problem.code !== "E2005";
}

const pageSize = 200;

/** The changes of a run's plan, page by page. */
export function useChanges(id: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["changes", id],
    queryFn: ({ pageParam, signal }) =>
      call("runChanges", { parameters: { id }, query: { after: pageParam, limit: pageSize }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a run did for each group, page by page. */
export function useGroups(id: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["groups", id],
    queryFn: ({ pageParam, signal }) =>
      call("runGroups", { parameters: { id }, query: { after: pageParam, limit: pageSize }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** When cycles run. */
export function useSchedule() {
  return useQuery({
    queryKey: ["schedule"],
    queryFn: ({ signal }) => call("schedule", { signal }),
    refetchInterval: statusInterval,
  });
}

/** The groups that failed and wait. */
export function useQuarantine() {
  return useQuery({
    queryKey: ["quarantine"],
    queryFn: ({ signal }) => call("quarantine", { signal }),
    refetchInterval: statusInterval,
  });
}

/** What of the tenant can be picked under a text. */
export function useObjects(kind: "group" | "user" | "administrativeUnit", search: string) {
  return useQuery({
    queryKey: ["objects", kind, search],
    queryFn: ({ signal }) => call("findObjects", { query: { kind, search }, signal }),
    enabled: search !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** Which groups a configuration would take; the last answer stays until the next is there. */
export function useScopePreview(configuration: Body<"previewScope">["configuration"] | undefined) {
  return useQuery({
    queryKey: ["scopePreview", configuration],
    queryFn: ({ signal }) =>
      configuration === undefined ? null : call("previewScope", { body: { configuration }, signal }),
    enabled: configuration !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
