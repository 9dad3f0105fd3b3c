import type { Metadata } from "next";
import { Advanced } from "#components/pages/advanced.tsx";

export const metadata: Metadata = { title: "Advanced settings" };

export default function Page() {
  return <Advanced />;
}
