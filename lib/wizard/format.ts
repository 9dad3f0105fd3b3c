const numbers = new Intl.NumberFormat("en");
const moments = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

/** A number for reading: `1,204`. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** A count with its noun: `1 group`, `1,204 groups`. */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** A moment in the viewer's time zone. */
export function formatMoment(iso: string): string {
  return moments.format(new Date(iso));
}

/** The same moment in UTC, for logs and for people elsewhere. */
export function formatUtc(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** The time from one moment to another: `3 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatDuration(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
