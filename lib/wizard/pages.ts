import type { Answer } from "#lib/model/messages.ts";
import {
  advancedErrors,
  type Decisions,
  decisionsOf,
  featureErrors,
  mappingErrors,
  namingErrors,
} from "#lib/wizard/decisions.ts";
import type { Draft, Task } from "#lib/wizard/draft.ts";
import { selectionErrors } from "#lib/wizard/selection-form.ts";

/** What decides which pages are finished; null is "none", undefined is "not known yet". */
export type Facts = {
  readonly draft: Draft | undefined;
  /** Null when nobody is signed in. */
  readonly me: Answer<"me"> | null | undefined;
  readonly status: Answer<"status"> | undefined;
};

export type PageId =
  | "welcome"
  | "tasks"
  | "connect-entra"
  | "connect-directories"
  | "optional-features"
  | "writeback"
  | "ready"
  | "configuring"
  | "complete"
  | "selections"
  | "mapping"
  | "advanced"
  | "current-configuration"
  | "cycles"
  | "run"
  | "explain"
  | "disable";

export type Page = {
  readonly id: PageId;
  /** Short, to be read out aloud on the telephone. */
  readonly code: string;
  readonly title: string;
  /** What is to be done on it before later pages can be shown, as the end of "first …". */
  readonly demand: string;
  /** The page that leads to this one and to which it returns; none for the pages that Next leads through. */
  readonly below?: PageId;
  readonly finished: (facts: Facts) => boolean | undefined;
};

const is = {
  welcome: {
    id: "welcome",
    code: "W1",
    title: "Welcome",
    demand: "read this page and choose Next",
    finished: ({ draft }) => draft?.welcomed,
  },
  tasks: {
    id: "tasks",
    code: "W2",
    title: "Additional tasks",
    demand: "choose the task “Customize synchronization options”",
    finished: ({ draft }) => draft && draft.task !== null,
  },
  entra: {
    id: "connect-entra",
    code: "W3",
    title: "Connect to Microsoft Entra ID",
    demand: "sign in with an account that has the role for this",
    finished: ({ draft, me }) => (me === undefined ? undefined : mayDo(draft?.task ?? "customize", me)),
  },
  directories: {
    id: "connect-directories",
    code: "W4",
    title: "Connect your directories",
    demand: "connect the agent to your directory",
    finished: ({ status }) => status && status.directory !== null,
  },
  features: {
    id: "optional-features",
    code: "W5",
    title: "Optional features",
    demand: "tick Group writeback and at least one kind of group",
    finished: ({ draft, status }) => draft && status && completeIn(draft, status, featureErrors),
  },
  writeback: {
    id: "writeback",
    code: "W6",
    title: "Writeback",
    demand: "choose the OU that the groups are written to, and their names",
    finished: ({ draft, status }) =>
      draft && status && targetIn(draft, status) && completeIn(draft, status, namingErrors),
  },
  selections: {
    id: "selections",
    code: "W6a",
    title: "Selections",
    demand: "complete the selections",
    below: "writeback",
    finished: ({ draft, status }) => draft && status && completeIn(draft, status, selectionErrors),
  },
  mapping: {
    id: "mapping",
    code: "W6b",
    title: "Attribute mapping",
    demand: "complete the attribute mapping",
    below: "writeback",
    finished: ({ draft, status }) => draft && status && completeIn(draft, status, mappingErrors),
  },
  advanced: {
    id: "advanced",
    code: "W6c",
    title: "Advanced settings",
    demand: "correct the advanced settings",
    below: "writeback",
    finished: ({ draft, status }) => draft && status && completeIn(draft, status, advancedErrors),
  },
  ready: {
    id: "ready",
    code: "W7",
    title: "Ready to configure",
    demand: "choose Configure",
    finished: ({ draft }) => draft && draft.run !== null,
  },
  configuring: {
    id: "configuring",
    code: "W8",
    title: "Configuring",
    demand: "wait until the run has ended",
    finished: () => false,
  },
  complete: {
    id: "complete",
    code: "W9",
    title: "Configuration complete",
    demand: "choose Exit",
    finished: () => false,
  },
  view: {
    id: "current-configuration",
    code: "V1",
    title: "Current configuration",
    demand: "choose Exit",
    finished: () => false,
  },
  cycles: {
    id: "cycles",
    code: "C1",
    title: "Cycles and runs",
    demand: "choose Exit",
    finished: () => false,
  },
  run: {
    id: "run",
    code: "C2",
    title: "Run",
    demand: "choose Back to the runs",
    below: "cycles",
    finished: () => false,
  },
  explain: {
    id: "explain",
    code: "T1",
    title: "Explain a group",
    demand: "choose Exit",
    finished: () => false,
  },
  disable: {
    id: "disable",
    code: "D1",
    title: "Disable group writeback",
    demand: "choose Exit",
    finished: () => false,
  },
} satisfies Record<string, Page>;

/** The pages of each task, in Entra Connect's order. */
const tasks: Record<Task, readonly Page[]> = {
  customize: [
    is.welcome,
    is.tasks,
    is.entra,
    is.directories,
    is.features,
    is.writeback,
    is.selections,
    is.mapping,
    is.advanced,
    is.ready,
    is.configuring,
    is.complete,
  ],
  view: [is.welcome, is.tasks, is.entra, is.view],
  cycles: [is.welcome, is.tasks, is.entra, is.cycles, is.run],
  explain: [is.welcome, is.tasks, is.entra, is.explain],
  disable: [is.welcome, is.tasks, is.entra, is.disable],
};

/** The tasks that change something; the others are for readers too. */
const forAdmins: readonly Task[] = ["customize", "disable"];

/** The pages that show what the agent holds, whatever was entered before in this browser. */
const alone: readonly Page[] = [
  is.configuring,
  is.complete,
  is.view,
  is.cycles,
  is.run,
  is.explain,
  is.disable,
];

/** Whether somebody's role is enough for a task. */
export function mayDo(task: Task, me: Answer<"me"> | null): boolean {
  return me !== null && (me.access === "admin" || (me.access === "reader" && !forAdmins.includes(task)));
}

/** Whether what is decided leaves nothing to mend. */
function completeIn(
  draft: Draft,
  { configuration }: Answer<"status">,
  errors: (decisions: Decisions) => Record<string, string>,
): boolean {
  return Object.keys(errors(decisionsOf(draft.decisions, configuration))).length === 0;
}

/** The target must lie in the domain that the agent is connected to now; another may have been connected since. */
export function targetIn(draft: Draft, { directory, configuration }: Answer<"status">): boolean {
  const target = decisionsOf(draft.decisions, configuration).target;
  if (target === null || directory === null) return false;
  return `,${target}`.toLowerCase().endsWith(`,${directory.baseDn}`.toLowerCase());
}

/** The pages of a task, in order. */
export function pagesOf(task: Task | null | undefined): readonly Page[] {
  return tasks[task ?? "customize"];
}

/** The page that a path shows, if any. */
export function pageAt(path: string): Page | undefined {
  const id = path.split("/")[1];
  return Object.values(tasks)
    .flat()
    .find((page) => page.id === id);
}

/** The task whose pages lead to this one; for the pages that all tasks share, the chosen one. */
export function taskOf(page: Page, chosen: Task | null | undefined): Task {
  const task = chosen ?? "customize";
  if (tasks[task].includes(page)) return task;
  return (Object.keys(tasks) as Task[]).find((other) => tasks[other].includes(page)) ?? task;
}

/** The address of a page; some pages show one run. */
export function pathOfPage(id: PageId, run?: string): string {
  return run === undefined ? `/${id}` : `/${id}/${encodeURIComponent(run)}`;
}

/** Whether a page can be shown: it can, a fact is missing, or an earlier page comes first. */
export type Gate = "open" | "waiting" | { readonly first: Page };

/**
 * The first unfinished page before this one. The pages that show what the agent holds need no more than somebody who
 * may see it, from any browser.
 */
export function gateOf(page: Page, facts: Facts): Gate {
  const task = taskOf(page, facts.draft?.task);
  if (alone.includes(page)) {
    if (facts.me === undefined) return "waiting";
    // A run that configures is shown to everybody who may see runs.
    const needed = page === is.configuring || page === is.complete ? "view" : task;
    return mayDo(needed, facts.me) ? "open" : { first: is.entra };
  }
  // A page below another has that one before it, not its own neighbours.
  const before = tasks[task]
    .slice(0, tasks[task].indexOf(page))
    .filter((earlier) => page.below === undefined || earlier.below === undefined);
  for (const earlier of before) {
    const finished =
      earlier === is.tasks && facts.draft ? facts.draft.task === task : earlier.finished(facts);
    if (finished === undefined) return "waiting";
    if (!finished) return { first: earlier };
  }
  return "open";
}

/** The page after this one in its task, or before it (`step` -1); a page below another returns to it either way. */
export function neighbour(page: Page, task: Task | null | undefined, step: 1 | -1): Page | undefined {
  const all = tasks[taskOf(page, task)];
  if (page.below !== undefined) return all.find(({ id }) => id === page.below);
  const pages = all.filter(({ below }) => below === undefined);
  return pages[pages.indexOf(page) + step];
}
