import { useSyncExternalStore } from "react";
import { type Draft, emptyDraft, parseDraft } from "#lib/wizard/draft.ts";

const key = "groupWriteback.draft";
const listeners = new Set<() => void>();
let current: Draft | undefined;

function read(): Draft {
  current ??= parseDraft(localStorage.getItem(key));
  return current;
}

function onStorage(event: StorageEvent): void {
  // A null key means that the whole storage was cleared.
  if (event.key !== key && event.key !== null) return;
  current = undefined;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("storage", onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("storage", onStorage);
  };
}

function write(draft: Draft): void {
  current = draft;
  localStorage.setItem(key, JSON.stringify(draft));
  for (const listener of listeners) listener();
}

/** Changes the draft here and in the other tabs; a reload finds it again. */
export function changeDraft(changes: Partial<Draft>): void {
  write({ ...read(), ...changes });
}

/** Changes what is decided on pages W5 and W6. */
export function decide(decisions: Draft["decisions"]): void {
  changeDraft({ decisions: { ...read().decisions, ...decisions } });
}

/** Drops everything that was entered. */
export function clearDraft(): void {
  write(emptyDraft);
}

/** The draft, kept up to date; undefined on the server and until the page has come alive. */
export function useDraft(): Draft | undefined {
  return useSyncExternalStore<Draft | undefined>(subscribe, read, () => undefined);
}
