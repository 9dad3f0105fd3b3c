import type { Metadata } from "next";
import { Mapping } from "#components/pages/mapping.tsx";

export const metadata: Metadata = { title: "Attribute mapping" };

export default function Page() {
  return <Mapping />;
}
