import type { Metadata } from "next";
import { Cycles } from "#components/pages/cycles.tsx";

export const metadata: Metadata = { title: "Cycles and runs" };

export default function Page() {
  return <Cycles />;
}
