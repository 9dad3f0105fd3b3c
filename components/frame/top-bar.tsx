import { LogoMark } from "#components/frame/logo.tsx";

/** The product's name above every page. */
export function TopBar() {
  return (
    <header className="flex items-center gap-3 border-b border-line px-4 py-3 sm:px-6">
      <LogoMark />
      <span className="font-semibold">Group Writeback</span>
      <span className="hidden text-sm text-muted sm:inline">Microsoft Entra ID to Active Directory</span>
    </header>
  );
}
