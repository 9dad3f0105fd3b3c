import type { ReactNode } from "react";
import { Frame } from "#components/frame/frame.tsx";

export default function WizardLayout({ children }: { readonly children: ReactNode }) {
  return <Frame>{children}</Frame>;
}
