/** A function of the subset: how many parameters it takes, and what it gives. Thrown `RangeError`s say what is wrong. */
export type ExpressionFunction = {
  readonly least: number;
  readonly most: number;
  readonly call: (...texts: string[]) => string;
};

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is not a whole number.`);
  return Number(text);
}

/** Never begins or ends within a surrogate pair: half a character is none. */
function part(text: string, from: number, length: number): string {
  return text
    .slice(from, from + length)
    .replace(/^[\uDC00-\uDFFF]/, "")
    .replace(/[\uD800-\uDBFF]$/, "");
}

const truth = (value: boolean) => String(value);

/**
 * The functions, named and counted as in “Reference for writing expressions for attribute mappings in Microsoft Entra
 * Application Provisioning”. Mid counts from 1. A truth value is the text true or false.
 */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  Append: { least: 2, most: 2, call: (text = "", suffix = "") => text + suffix },
  Coalesce: { least: 1, most: 20, call: (...texts) => texts.find((text) => text !== "") ?? "" },
  IIF: {
    least: 3,
    most: 3,
    call: (condition = "", yes = "", no = "") => (condition.toLowerCase() === "true" ? yes : no),
  },
  IsNullOrEmpty: { least: 1, most: 1, call: (text = "") => truth(text === "") },
  IsPresent: { least: 1, most: 1, call: (text = "") => truth(text !== "") },
  Join: {
    least: 2,
    most: 20,
    call: (separator = "", ...texts) => texts.filter((text) => text !== "").join(separator),
  },
  Left: { least: 2, most: 2, call: (text = "", length = "") => part(text, 0, whole(length)) },
  Len: { least: 1, most: 1, call: (text = "") => String(text.length) },
  Mid: {
    least: 3,
    most: 3,
    call: (text = "", start = "", length = "") => part(text, Math.max(0, whole(start) - 1), whole(length)),
  },
  Not: { least: 1, most: 1, call: (condition = "") => truth(condition.toLowerCase() !== "true") },
  Replace: {
    least: 3,
    most: 3,
    call: (text = "", old = "", by = "") => (old === "" ? text : text.replaceAll(old, () => by)),
  },
  Right: {
    least: 2,
    most: 2,
    call: (text = "", length = "") => part(text, Math.max(0, text.length - whole(length)), text.length),
  },
  StripSpaces: { least: 1, most: 1, call: (text = "") => text.replaceAll(" ", "") },
  Switch: {
    least: 4,
    most: 40,
    call: (text = "", standard = "", ...pairs) => {
      for (let at = 0; at + 1 < pairs.length; at += 2) if (pairs[at] === text) return pairs[at + 1] ?? "";
      return standard;
    },
  },
  ToLower: { least: 1, most: 1, call: (text = "") => text.toLowerCase() },
  ToUpper: { least: 1, most: 1, call: (text = "") => text.toUpperCase() },
  Trim: { least: 1, most: 1, call: (text = "") => text.trim() },
};
