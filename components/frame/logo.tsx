/** Our own mark: a cloud, an arrow down, and the ground. The same drawing as public/logo.svg. */
export function LogoMark() {
  return (
    <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-[#0b5cab]" />
      <g fill="none" className="stroke-white" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9.5 13.5a4 4 0 0 1 .6-7.9 5.6 5.6 0 0 1 10.9 0 4 4 0 0 1 1.5 7.9" />
        <path d="M16 11v8.5M12.6 16.4 16 19.8l3.4-3.4" />
        <path d="M7 25.5h4M14 25.5h4M21 25.5h4" />
      </g>
    </svg>
  );
}
