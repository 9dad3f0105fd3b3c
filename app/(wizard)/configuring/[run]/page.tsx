import type { Metadata } from "next";
import { Configuring } from "#components/pages/configuring.tsx";

export const metadata: Metadata = { title: "Configuring" };

export default async function Page({ params }: { readonly params: Promise<{ run: string }> }) {
  return <Configuring id={(await params).run} />;
}
