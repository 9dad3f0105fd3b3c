import type { Metadata } from "next";
import { Complete } from "#components/pages/complete.tsx";

export const metadata: Metadata = { title: "Configuration complete" };

export default async function Page({ params }: { readonly params: Promise<{ run: string }> }) {
  return <Complete id={(await params).run} />;
}
