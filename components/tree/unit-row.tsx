import type { ItemInstance } from "@headless-tree/core";
import type { MouseEvent } from "react";
import type { OrganizationalUnit } from "#lib/model/directory.ts";

type Props = {
  readonly item: ItemInstance<OrganizationalUnit>;
  readonly chosen: boolean;
  readonly onChoose: () => void;
};

const deepest = 8;

/** One domain, OU or container. A refused one can be opened but not chosen, and says why. */
export function UnitRow({ item, chosen, onChoose }: Props) {
  const { name, kind, refusal } = item.getItemData();
  const { onClick: _, ...props } = item.getProps();
  const id = `unit-${item.getItemMeta().index}`;
  const toggle = () => {
    item.setFocused();
    if (item.isExpanded()) item.collapse();
    else item.expand();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const onArrow = event.target instanceof Element && event.target.closest("[data-toggle]") !== null;
    if (onArrow) toggle();
    else onChoose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all its rows.
    <div
      {...props}
      role="treeitem"
      tabIndex={item.isFocused() ? 0 : -1}
      aria-selected={chosen}
      aria-disabled={refusal !== null || undefined}
      aria-describedby={refusal === null ? undefined : id}
      aria-busy={item.isLoading() || undefined}
      onClick={onClick}
      data-depth={Math.min(item.getItemMeta().level, deepest)}
      className={`tree-row flex min-h-8 flex-wrap items-center gap-x-2 sm:flex-nowrap rounded-md pr-2 focus-visible:-outline-offset-2 ${
        chosen
          ? "bg-accent text-on-accent"
          : refusal === null
            ? "cursor-pointer hover:bg-accent-soft"
            : "text-muted"
      }`}
    >
      {item.isFolder() ? (
        <span
          aria-hidden="true"
          data-toggle
          className="grid size-6 shrink-0 cursor-pointer place-items-center"
        >
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            className={`size-4 ${item.isExpanded() ? "rotate-90" : ""}`}
          >
            <path d="m6 3.5 4.5 4.5L6 12.5" fill="none" stroke="currentColor" strokeWidth="2" />
          </svg>
        </span>
      ) : (
        <span className="size-6 shrink-0" />
      )}
      <UnitIcon kind={kind} />
      <span className="min-w-0 py-1 wrap-anywhere">{name}</span>
      {item.isLoading() && <span className="after-moment text-xs">Loading…</span>}
      {refusal !== null && (
        <span
          id={id}
          className="min-w-0 grow pb-1 text-xs max-sm:basis-full max-sm:pl-14 sm:pb-0 sm:text-right"
        >
          {refusal}
        </span>
      )}
    </div>
  );
}

const drawings: Record<OrganizationalUnit["kind"], string> = {
  domain: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM2 8h12M8 2c-4 4-4 8 0 12 4-4 4-8 0-12",
  organizationalUnit: "M1.8 4.2V13h12.4V5.2H8L6.6 3.4H1.8Zm3.4 5h5.6",
  container: "M1.8 4.2V13h12.4V5.2H8L6.6 3.4H1.8Z",
};

function UnitIcon({ kind }: { readonly kind: OrganizationalUnit["kind"] }) {
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0" aria-hidden="true">
      <path d={drawings[kind]} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
    </svg>
  );
}
