import type { ReactNode } from "react";

const looks = {
  main: "px-3 sm:px-4 border-accent bg-accent text-on-accent font-semibold hover:bg-accent-strong hover:border-accent-strong",
  plain: "px-3 sm:px-4 border-edge bg-panel text-ink hover:bg-accent-soft",
  quiet:
    "-ml-2 px-2 border-transparent bg-transparent text-ink underline underline-offset-4 hover:bg-accent-soft",
  danger: "px-3 sm:px-4 border-danger bg-panel text-danger hover:bg-danger-soft",
};

type Props = {
  readonly id?: string;
  readonly children: ReactNode;
  readonly look?: keyof typeof looks;
  readonly type?: "button" | "submit";
  readonly onClick?: () => void;
  /** Keeps its place and the focus, but does nothing until what it started has ended. */
  readonly busy?: boolean;
  readonly autoFocus?: boolean;
};

export function Button({
  id,
  children,
  look = "plain",
  type = "button",
  onClick,
  busy = false,
  autoFocus,
}: Props) {
  return (
    <button
      id={id}
      type={type}
      aria-disabled={busy || undefined}
      // biome-ignore lint/a11y/noAutofocus: in a dialog, the safe choice gets the focus.
      autoFocus={autoFocus}
      onClick={() => busy || onClick?.()}
      className={`inline-flex min-h-10 items-center justify-center rounded-md border py-1.5 ${looks[look]} aria-disabled:cursor-progress aria-disabled:opacity-70`}
    >
      {children}
    </button>
  );
}
