import type { Metadata } from "next";
import { RunPage } from "#components/pages/run.tsx";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { readonly params: Promise<{ run: string }> }) {
  return <RunPage id={(await params).run} />;
}
