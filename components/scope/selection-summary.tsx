import { Button } from "#components/forms/button.tsx";
import { conditionWords, typeNames } from "#components/scope/condition-words.ts";
import type { Selection } from "#lib/model/selection.ts";

type Props = {
  readonly selection: Selection;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
};

/** A selection in words, with the buttons that change it. */
export function SelectionSummary({ selection, open, onOpen, onUp, onRemove }: Props) {
  const { name, becomes, target } = selection;
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h2 className="font-semibold wrap-anywhere">{name || "Without a name"}</h2>
        <p className="text-sm wrap-anywhere">
          {sentenceOf(selection)}{" "}
          {becomes === null ? "As Entra Connect makes of its kind" : typeNames[becomes]}, to{" "}
          <span className="font-mono">{target}</span>.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onOpen(!open)}>
          {open ? "Close" : "Edit"}
          <span className="sr-only"> {name}</span>
        </Button>
        {onUp && (
          <Button onClick={onUp}>
            Ask earlier<span className="sr-only"> {name}</span>
          </Button>
        )}
        <Button look="danger" onClick={onRemove}>
          Remove<span className="sr-only"> {name}</span>
        </Button>
      </div>
    </div>
  );
}

function sentenceOf({ include, exclude }: Selection): string {
  const taken =
    include.length === 0
      ? "Takes every group"
      : `Takes a group that ${include.map(conditionWords).join(" and ")}`;
  const left = exclude.length === 0 ? "" : `, unless it ${exclude.map(conditionWords).join(" or ")}`;
  return `${taken}${left}.`;
}
