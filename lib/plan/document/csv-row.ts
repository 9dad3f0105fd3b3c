/**
 * A spreadsheet takes a cell that begins like this for a formula, and a group's name must not become one (OWASP, CSV
 * Injection). A negative number, such as a groupType, is none.
 */
function isFormula(cell: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-\d+$/.test(cell);
}

/** One record of RFC 4180, every cell in quotes. What looks like a formula gets an apostrophe before it. */
export function csvRow(cells: readonly string[]): string {
  const quoted = cells
    .map((cell) => (isFormula(cell) ? `'${cell}` : cell))
    .map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return `${quoted.join(",")}\r\n`;
}
