import { asyncDataLoaderFeature, hotkeysCoreFeature, type ItemInstance } from "@headless-tree/core";
import { useTree } from "@headless-tree/react";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { Waiting } from "#components/frame/waiting.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { UnitRow } from "#components/tree/unit-row.tsx";
import type { OrganizationalUnit } from "#lib/model/directory.ts";
import { type Dn, dnKey, isBelow, parentDn } from "#lib/model/dn.ts";
import type { Problem } from "#lib/model/problem.ts";
import { call } from "#lib/wizard/client.ts";
import { problemOfError } from "#lib/wizard/problems.ts";

type Props = {
  readonly baseDn: Dn;
  readonly target: Dn | null;
  readonly onChoose: (dn: Dn) => void;
};

/** Above the domain; no DN looks like this. */
const root = "root";

/**
 * The forest's OUs and containers, a level at a time, one of which can be chosen. Rows are siblings with aria-level
 * (WAI-ARIA Authoring Practices, Tree View): arrows move and open, Enter or Space chooses.
 */
export default function UnitTree({ baseDn, target, onChoose }: Props) {
  const [problem, setProblem] = useState<Problem>();
  const load = useUnits(setProblem);
  const tree = useTree<OrganizationalUnit>({
    rootItemId: root,
    initialState: { expandedItems: [baseDn, ...aboveOf(target, baseDn)] },
    getItemName: (item) => item.getItemData().name,
    isItemFolder: (item) => item.getItemData().hasChildren,
    createLoadingItemData: () => loading,
    dataLoader: {
      getItem: async () => loading,
      getChildrenWithData: async (id) =>
        (await load(id)).map((unit) => ({ id: sameDn(unit.dn, baseDn) ? baseDn : unit.dn, data: unit })),
    },
    features: [asyncDataLoaderFeature, hotkeysCoreFeature],
  });
  const items = tree.getItems();
  const choose = (item: ItemInstance<OrganizationalUnit>) => {
    item.setFocused();
    const { dn, refusal } = item.getItemData();
    if (refusal === null) onChoose(dn);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    // The tree's own focus, since the browser's follows it a moment later.
    const item = tree.getFocusedItem();
    // Enter on what is chosen already is Next.
    if (event.key === "Enter" && target !== null && sameDn(item.getItemData().dn, target))
      event.currentTarget.closest("form")?.requestSubmit();
    else choose(item);
  };
  const retry = () => {
    setProblem(undefined);
    for (const id of [root, ...tree.getState().expandedItems]) {
      const item = tree.getItemInstance(id);
      if (item.getChildren().length === 0) void item.invalidateChildrenIds();
    }
  };
  return (
    <div className="grid gap-3">
      {problem && (
        <div className="grid justify-items-start gap-3">
          <ProblemPanel problem={problem} />
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
      {items.length === 0 && !problem && (
        <Waiting words="Asking the domain controller for its OUs…" inset={false} />
      )}
      <div
        {...tree.getContainerProps("Organizational units")}
        role="tree"
        id="units"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.target === event.currentTarget && tree.updateDomFocus()}
        className={`max-h-[26rem] max-w-[46rem] overflow-auto rounded-md border border-edge p-2 ${items.length === 0 ? "hidden" : ""}`}
      >
        {items.map((item) => (
          <UnitRow
            key={item.getKey()}
            item={item}
            chosen={target !== null && sameDn(item.getItemData().dn, target)}
            onChoose={() => choose(item)}
          />
        ))}
      </div>
    </div>
  );
}

const loading: OrganizationalUnit = {
  dn: "" as Dn,
  name: "Loading…",
  kind: "container",
  hasChildren: false,
  refusal: "It is still being read.",
};

function sameDn(one: string, other: string): boolean {
  return one === other || dnKey(one) === dnKey(other);
}

/** The containers between the domain and the target, so that a reload shows the target. */
function aboveOf(target: Dn | null, baseDn: Dn): Dn[] {
  const above: Dn[] = [];
  for (let dn = target && parentDn(target); dn && isBelow(dn, baseDn); dn = parentDn(dn)) above.push(dn);
  return above;
}

/** Reads one level, kept while the page's life lasts, so that going back and forth does not read it again. */
function useUnits(onProblem: (problem: Problem) => void) {
  const client = useQueryClient();
  return async (id: string): Promise<readonly OrganizationalUnit[]> => {
    const parent = id === root ? undefined : id;
    try {
      const { units } = await client.fetchQuery({
        queryKey: ["units", id],
        queryFn: ({ signal }) => call("directoryUnits", { query: { parent }, signal }),
        staleTime: 60_000,
      });
      return units;
    } catch (error) {
      onProblem(problemOfError(error));
      return [];
    }
  };
}
