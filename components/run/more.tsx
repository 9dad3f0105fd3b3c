import { Button } from "#components/forms/button.tsx";
import { formatCount, formatNumber } from "#lib/wizard/format.ts";

type Props = {
  readonly shown: number;
  readonly total: number;
  readonly noun: string;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
};

/** How much of a long list is shown, and the button for more of it. */
export function More({ shown, total, noun, query }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm text-muted">
      <span role="status">
        {shown < total ? `${formatNumber(shown)} of ${formatCount(total, noun)}` : formatCount(total, noun)}
      </span>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
