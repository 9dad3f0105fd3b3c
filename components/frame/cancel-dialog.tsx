import { useEffect, useRef } from "react";
import { Button } from "#components/forms/button.tsx";

type Props = { readonly open: boolean; readonly onKeep: () => void; readonly onLeave: () => void };

/** Asks before what was entered is dropped. Esc keeps it. */
export function CancelDialog({ open, onKeep, onLeave }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      onClose={onKeep}
      aria-labelledby="cancel-title"
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-xl border border-line bg-panel p-6 text-ink shadow-xl"
    >
      <h2 id="cancel-title" className="text-xl font-semibold">
        Cancel the wizard?
      </h2>
      <p className="mt-3">
        What you entered in this browser is discarded. Nothing was written to Active Directory on these pages,
        and what the agent already runs with stays as it is.
      </p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={onLeave}>
          Discard and leave
        </Button>
        <Button look="main" onClick={onKeep} autoFocus>
          Keep going
        </Button>
      </div>
    </dialog>
  );
}
