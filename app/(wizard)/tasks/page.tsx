import type { Metadata } from "next";
import { Tasks } from "#components/pages/tasks.tsx";

export const metadata: Metadata = { title: "Additional tasks" };

export default function Page() {
  return <Tasks />;
}
