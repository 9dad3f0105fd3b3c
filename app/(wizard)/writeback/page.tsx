import type { Metadata } from "next";
import { Writeback } from "#components/pages/writeback.tsx";

export const metadata: Metadata = { title: "Writeback" };

export default function Page() {
  return <Writeback />;
}
