import type { Metadata } from "next";
import { Selections } from "#components/pages/selections.tsx";

export const metadata: Metadata = { title: "Selections" };

export default function Page() {
  return <Selections />;
}
