import { useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { problemOfError } from "#lib/wizard/problems.ts";
import { useObjects } from "#lib/wizard/queries.ts";
import type { Picked } from "#lib/wizard/selection-form.ts";
import { useSettled } from "#lib/wizard/use-settled.ts";

type Props = {
  readonly id: string;
  readonly kind: "group" | "user" | "administrativeUnit";
  readonly label: string;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: Picked) => void;
  readonly onDrop: (id: Picked["id"]) => void;
  readonly error?: string | undefined;
};

/** Finds things of the tenant by a part of their name, and picks them. */
export function ObjectPicker({ id, kind, label, picked, onPick, onDrop, error }: Props) {
  const [typed, setTyped] = useState("");
  const settled = useSettled(typed.trim());
  // An emptied box asks for nothing at once.
  const search = typed.trim() === "" ? "" : settled;
  const { data, error: failed, isFetching } = useObjects(kind, search);
  const found =
    search === "" ? [] : (data?.objects ?? []).filter((each) => !picked.some((one) => one.id === each.id));
  return (
    <div className="grid max-w-[34rem] gap-2">
      {picked.length > 0 && (
        <ul aria-label={`${label}: chosen`} className="flex flex-wrap gap-2">
          {picked.map((each) => (
            <li
              key={each.id}
              className="inline-flex items-center gap-2 rounded-md bg-accent-soft py-1 pl-3 pr-1"
            >
              <span className="wrap-anywhere">{each.displayName}</span>
              <button
                type="button"
                aria-label={`Drop ${each.displayName}`}
                onClick={() => onDrop(each.id)}
                className="grid size-6 place-items-center rounded hover:bg-panel"
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TextField
        id={id}
        label={label}
        hint="Type a part of the name, then choose from the list"
        value={typed}
        onChange={setTyped}
        onEnter={() => {
          const [only, ...more] = found;
          if (only && more.length === 0) pick(only);
        }}
        error={error}
      />
      {failed && <ProblemPanel problem={problemOfError(failed)} />}
      <p role="status" className="text-sm text-muted">
        {search === ""
          ? ""
          : isFetching
            ? "Searching…"
            : found.length === 0
              ? "Nothing found."
              : `${found.length} found.`}
      </p>
      {found.length > 0 && (
        <ul
          aria-label={`${label}: found`}
          className="grid max-h-60 gap-1 overflow-y-auto rounded-md border border-line p-2"
        >
          {found.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 wrap-anywhere">
                {each.displayName} <span className="text-sm text-muted">{each.detail}</span>
              </span>
              <Button onClick={() => pick(each)}>
                Choose<span className="sr-only"> {each.displayName}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );

  function pick({ id: chosen, displayName }: Picked) {
    onPick({ id: chosen, displayName });
    setTyped("");
  }
}
