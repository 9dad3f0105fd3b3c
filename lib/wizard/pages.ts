import type { Answer } from "#lib/model/messages.ts";
import { decisionsOf, featureErrors } from "#lib/wizard/decisions.ts";
import type { Draft, Task } from "#lib/wizard/draft.ts";

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
  | "current-configuration";

export type Page = {
  readonly id: PageId;
  /** Short, to be read out aloud on the telephone. */
  readonly code: string;
  readonly title: string;
  /** What is to be done on it before later pages can be shown, as the end of "first …". */
  readonly demand: string;
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
    finished: ({ draft, status }) =>
      draft &&
      status &&
      Object.keys(featureErrors(decisionsOf(draft.decisions, status.configuration))).length === 0,
  },
  writeback: {
    id: "writeback",
    code: "W6",
    title: "Writeback",
    demand: "choose the OU that the groups are written to",
    finished: ({ draft, status }) => draft && status && targetIn(draft, status),
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
} as const satisfies Record<string, Page>;

/** The pages of each task, in Entra Connect's order. */
const tasks: Record<Task, readonly Page[]> = {
  customize: [
    is.welcome,
    is.tasks,
    is.entra,
    is.directories,
    is.features,
    is.writeback,
    is.ready,
    is.configuring,
    is.complete,
  ],
  view: [is.welcome, is.tasks, is.entra, is.view],
};

function mayDo(task: Task, me: Answer<"me"> | null): boolean {
  return me !== null && (me.access === "admin" || (task === "view" && me.access === "reader"));
}

/** The target must lie in the domain that the agent is connected to now; another may have been connected since. */
function targetIn(draft: Draft, { directory, configuration }: Answer<"status">): boolean {
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
  return [...tasks.customize, ...tasks.view].find((page) => page.id === id);
}

/** The task whose pages lead to this one; for the pages that all tasks share, the chosen one. */
export function taskOf(page: Page, chosen: Task | null | undefined): Task {
  if (tasks[chosen ?? "customize"].includes(page)) return chosen ?? "customize";
  return chosen === "view" ? "customize" : "view";
}

/** The address of a page; the last two show one run. */
export function pathOfPage(id: PageId, run?: string): string {
  return run === undefined ? `/${id}` : `/${id}/${encodeURIComponent(run)}`;
}

/** Whether a page can be shown: it can, a fact is missing, or an earlier page comes first. */
export type Gate = "open" | "waiting" | { readonly first: Page };

/**
 * The first unfinished page before this one. A run's own pages need no more than somebody who may read it: they
 * show what the agent recorded, from any browser.
 */
export function gateOf(page: Page, facts: Facts): Gate {
  const task = taskOf(page, facts.draft?.task);
  if (page === is.configuring || page === is.complete || page === is.view) {
    if (facts.me === undefined) return "waiting";
    return mayDo("view", facts.me) ? "open" : { first: is.entra };
  }
  const before = tasks[task].slice(0, tasks[task].indexOf(page));
  for (const earlier of before) {
    const finished =
      earlier === is.tasks && facts.draft ? facts.draft.task === task : earlier.finished(facts);
    if (finished === undefined) return "waiting";
    if (!finished) return { first: earlier };
  }
  return "open";
}

/** The page after this one in its task, or before it (`step` -1). */
export function neighbour(page: Page, task: Task | null | undefined, step: 1 | -1): Page | undefined {
  const pages = tasks[taskOf(page, task)];
  return pages[pages.indexOf(page) + step];
}
