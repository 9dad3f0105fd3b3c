import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "#components/frame/providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Group Writeback", template: "%s - Group Writeback" },
  description: "Sets up the writeback of Microsoft Entra groups to Active Directory.",
  icons: { icon: "/logo.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#eef1f5" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1217" },
  ],
};

/** Every page is made anew for each request, since its Content-Security-Policy has a nonce of its own. */
export const dynamic = "force-dynamic";

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
