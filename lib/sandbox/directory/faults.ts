import type { OperationKind } from "./wire/request.ts";

/** A disturbance of operations of one kind. */
export type Fault = {
  readonly kind: OperationKind;
  /** How many operations it is for. */
  readonly times: number;
} & (
  | { readonly effect: "refuse"; readonly code: number; readonly diagnostic?: string | undefined }
  /** The connection breaks, before the operation was done or after: the client cannot tell which. */
  | { readonly effect: "breakBefore" | "breakAfter" }
);

/** Disturbances for tests, as they happen with real domain controllers. */
export class Faults {
  #faults: Fault[] = [];
  #delayMs = 0;
  #silence: { readonly over: Promise<void>; readonly end: () => void } | undefined;

  /** The next operations of the kind are disturbed; the operation itself is not done when it is refused. */
  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** From now on no request is answered; connections stay open. Ended by `resume`. */
  stopAnswering(): void {
    if (this.#silence !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#silence = { over: promise, end: resolve };
  }

  /** Requests are answered again, those that came meanwhile too. */
  resume(): void {
    this.#silence?.end();
    this.#silence = undefined;
  }

  /** Each answer takes so many milliseconds longer; 0 ends it. */
  beSlow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Forgets all disturbances. */
  clear(): void {
    this.#faults = [];
    this.#delayMs = 0;
    this.resume();
  }

  /** The disturbance of this operation, used up by it. */
  take(kind: OperationKind): Fault | undefined {
    const index = this.#faults.findIndex((fault) => fault.kind === kind);
    const fault = this.#faults[index];
    if (fault === undefined) return undefined;
    if (fault.times > 1) this.#faults[index] = { ...fault, times: fault.times - 1 };
    else this.#faults.splice(index, 1);
    return fault;
  }

  /** Waits until an answer is due. */
  async wait(): Promise<void> {
    while (this.#silence !== undefined) await this.#silence.over;
    if (this.#delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#delayMs));
  }
}
