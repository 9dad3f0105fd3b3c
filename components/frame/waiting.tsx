/** Stands for something that is on its way: nothing at first, grey lines after a moment, words after a while. */
export function Waiting({ words, inset = true }: { readonly words: string; readonly inset?: boolean }) {
  return (
    <div role="status" className={`grid gap-4 ${inset ? "px-4 py-6 sm:px-8" : ""}`}>
      <div aria-hidden="true" className="after-moment grid max-w-[40rem] gap-3">
        <div className="h-4 w-11/12 rounded bg-line" />
        <div className="h-4 w-4/5 rounded bg-line" />
        <div className="h-4 w-2/3 rounded bg-line" />
      </div>
      <p className="after-while text-muted">{words}</p>
    </div>
  );
}
