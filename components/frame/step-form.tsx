import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#components/forms/button.tsx";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { CancelDialog } from "#components/frame/cancel-dialog.tsx";
import type { Page } from "#lib/wizard/pages.ts";
import { useWizard } from "#lib/wizard/use-wizard.ts";

type Props = {
  readonly children: ReactNode;
  /** What the main button says; none where the page has none. */
  readonly next?: string | undefined;
  readonly busy?: boolean;
  readonly onNext?: () => void;
  readonly previous?: boolean;
  readonly cancel?: boolean;
  /** What is wrong, by the id of its field. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly aside?: ReactNode;
};

/** A page's content as a form, in which Enter is Next, and the bar of buttons below it. */
export function StepForm({
  children,
  next = "Next",
  busy = false,
  onNext,
  previous = true,
  cancel = true,
  errors = {},
  aside,
}: Props) {
  const { page, goPrevious, leave } = useWizard();
  const [asking, setAsking] = useState(false);
  const summary = useErrorFocus(errors);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    // A page's own button may be the one that Enter presses; it does its work itself.
    if (submitter !== null && submitter.id !== "next") return;
    if (!busy) onNext?.();
  };
  return (
    <>
      <form noValidate onSubmit={submit} className="flex grow flex-col" autoComplete="off">
        <div className="grid grow content-start gap-6 px-4 py-6 sm:px-8">
          <ErrorSummary ref={summary} errors={errors} />
          {children}
        </div>
        <div className="bottom-0 z-10 border-t border-line bg-panel px-4 py-3 tall:sticky sm:px-8 md:rounded-br-xl">
          <div className="flex flex-wrap items-center gap-2">
            {cancel && (
              <Button look="quiet" onClick={() => setAsking(true)}>
                Cancel
              </Button>
            )}
            {aside}
            <div className="ml-auto flex gap-2">
              {previous && goPrevious && <Button onClick={goPrevious}>Previous</Button>}
              {onNext && (
                <Button id="next" look="main" type="submit" busy={busy}>
                  {next}
                </Button>
              )}
            </div>
          </div>
          <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
            <span>Page {page?.code}</span>
            <Assurance page={page} />
          </p>
        </div>
      </form>
      <CancelDialog open={asking} onKeep={() => setAsking(false)} onLeave={leave} />
    </>
  );
}

/** Only for the pages before Configure. */
function Assurance({ page }: { readonly page: Page | undefined }) {
  if (!page?.code.startsWith("W") || page.id === "configuring" || page.id === "complete") return null;
  return <span>Nothing is written to Active Directory before you choose Configure.</span>;
}

/** New errors bring the focus to their summary. */
function useErrorFocus(errors: Readonly<Record<string, string>>) {
  const summary = useRef<HTMLDivElement>(null);
  const text = JSON.stringify(errors);
  useEffect(() => {
    if (text !== "{}") summary.current?.focus();
  }, [text]);
  return summary;
}
