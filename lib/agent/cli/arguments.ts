import { readFileSync } from "node:fs";
import { Failure } from "#lib/model/problem.ts";

/** The options of a command line, by name: `--name value`, or `--name` alone for true. */
export type Options = Readonly<Record<string, unknown>>;

/** `@file` stands for the JSON in a file; other texts are JSON where they read as such, else themselves. */
function readValue(text: string): unknown {
  if (text.startsWith("@")) {
    const file = text.slice(1);
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch (cause) {
      throw new Failure("E1008", { cause, why: `The file ${file} cannot be read, or is not JSON.` });
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so a plain text, as most values are.
    return text;
  }
}

/** Reads what follows a command's name. E1008 for anything that is no option. */
export function optionsOf(words: readonly string[]): Options {
  const options: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!/^--[A-Za-z][A-Za-z-]*$/.test(word))
      throw new Failure("E1008", { why: `“${word}” is not an option. Options look like --name value.` });
    const name = word.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const next = words[index + 1];
    const alone = next === undefined || next.startsWith("--");
    options[name] = alone ? true : readValue(next);
    if (!alone) index++;
  }
  return options;
}
