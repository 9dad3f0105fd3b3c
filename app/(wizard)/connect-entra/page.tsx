import type { Metadata } from "next";
import { ConnectEntra } from "#components/pages/connect-entra.tsx";

export const metadata: Metadata = { title: "Connect to Microsoft Entra ID" };

export default function Page() {
  return <ConnectEntra />;
}
