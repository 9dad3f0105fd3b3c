import type { Metadata } from "next";
import { Ready } from "#components/pages/ready.tsx";

export const metadata: Metadata = { title: "Ready to configure" };

export default function Page() {
  return <Ready />;
}
