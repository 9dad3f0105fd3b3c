import type { Metadata } from "next";
import { Explain } from "#components/pages/explain.tsx";

export const metadata: Metadata = { title: "Explain a group" };

export default function Page() {
  return <Explain />;
}
