import type { Metadata } from "next";
import { Disable } from "#components/pages/disable.tsx";

export const metadata: Metadata = { title: "Disable group writeback" };

export default function Page() {
  return <Disable />;
}
