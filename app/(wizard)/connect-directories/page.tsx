import type { Metadata } from "next";
import { ConnectDirectories } from "#components/pages/connect-directories.tsx";

export const metadata: Metadata = { title: "Connect your directories" };

export default function Page() {
  return <ConnectDirectories />;
}
