import type { Metadata } from "next";
import Link from "next/link";
import { Plain } from "#components/frame/plain.tsx";
import { ProblemPanel } from "#components/problem/problem-panel.tsx";
import { problems } from "#lib/wizard/problems.ts";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <Plain title="No such page">
      <ProblemPanel problem={problems.noSuchPage} />
      <Link className="text-accent underline" href="/welcome">
        Go to the Welcome page
      </Link>
    </Plain>
  );
}
