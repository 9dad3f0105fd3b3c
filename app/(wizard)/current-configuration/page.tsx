import type { Metadata } from "next";
import { CurrentConfiguration } from "#components/pages/current-configuration.tsx";

export const metadata: Metadata = { title: "Current configuration" };

export default function Page() {
  return <CurrentConfiguration />;
}
