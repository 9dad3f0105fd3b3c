/** How many names a problem shows: enough to see what it is about, few enough to read. */
const shown = 5;

/** The names once each, at most five of them: `A; B; C; D; E and 7 more`. */
export function listed(names: readonly string[]): string {
  const different = [...new Set(names)];
  const more = different.length - shown;
  return `${different.slice(0, shown).join("; ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The same for the first names of a longer list, as the end of a sentence; nothing where no name is known. */
export function among(names: readonly string[] | undefined): string {
  const different = [...new Set(names)].slice(0, shown);
  return different.length === 0 ? "" : `, among them ${different.join("; ")}`;
}
