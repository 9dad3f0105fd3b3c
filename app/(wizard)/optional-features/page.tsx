import type { Metadata } from "next";
import { OptionalFeatures } from "#components/pages/optional-features.tsx";

export const metadata: Metadata = { title: "Optional features" };

export default function Page() {
  return <OptionalFeatures />;
}
