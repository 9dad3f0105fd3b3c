import type { ReactNode } from "react";
import { TopBar } from "#components/frame/top-bar.tsx";

/** A page outside the wizard's order. */
export function Plain({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="mx-auto max-w-3xl md:p-6">
      <div className="bg-panel md:rounded-xl md:border md:border-line">
        <TopBar />
        <main className="grid justify-items-start gap-6 px-4 py-8 sm:px-8">
          <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
          {children}
        </main>
      </div>
    </div>
  );
}
