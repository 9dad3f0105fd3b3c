import type { Condition } from "#lib/model/selection.ts";
import type { Decisions } from "#lib/wizard/decisions.ts";

/** What was entered in this browser and is not yet configured. Holds no secrets. */
export type Draft = {
  readonly version: 1;
  /** Whether the Welcome page was left by Next. */
  readonly welcomed: boolean;
  readonly task: Task | null;
  /** The fields of page W4 as typed; a field that was not touched is missing. */
  readonly directory: Partial<DirectoryFields>;
  /** The domain that was connected from this browser, so that a lost connection can be told from none. */
  readonly connectedDomain: string | null;
  readonly decisions: Partial<Decisions>;
  /** The preview on page W7, and the configuration it was made for. */
  readonly preview: { readonly run: string; readonly configuration: string } | null;
  /** The run that Configure started. */
  readonly run: string | null;
};

export type Task = "customize" | "view" | "cycles" | "explain" | "disable";
export type DirectoryFields = {
  readonly server: string;
  readonly port: string;
  readonly account: string;
  readonly certificateAuthority: string;
};

export const emptyDraft: Draft = {
  version: 1,
  welcomed: false,
  task: null,
  directory: {},
  connectedDomain: null,
  decisions: {},
  preview: null,
  run: null,
};

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTruth = (value: unknown): value is boolean => typeof value === "boolean";
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): value is string =>
    isText(value) && words.includes(value);

const isListOf = (check: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(check);
const isPicked = (value: unknown) => isText(fieldsOf(value).id) && isText(fieldsOf(value).displayName);

/** Each condition's fields, by what it asks about. */
const conditionChecks: Record<Condition["by"], (fields: Fields) => boolean> = {
  groups: ({ groups }) => isListOf(isPicked)(groups),
  displayName: ({ pattern }) => isText(pattern),
  kind: ({ kinds }) => isListOf(isText)(kinds),
  mailEnabled: ({ value }) => isTruth(value),
  dynamic: ({ value }) => isTruth(value),
  roleAssignable: ({ value }) => isTruth(value),
  owner: ({ owner }) => isPicked(owner),
  administrativeUnit: ({ unit }) => isPicked(unit),
  memberOf: ({ group }) => isPicked(group),
  extensionAttribute: ({ attribute, pattern }) => isText(attribute) && isText(pattern),
};

function isCondition(value: unknown): boolean {
  const fields = fieldsOf(value);
  const check = isText(fields.by) && Object.hasOwn(conditionChecks, fields.by);
  return check && conditionChecks[fields.by as Condition["by"]](fields);
}

function isSelection(value: unknown): boolean {
  const { id, name, include, exclude, becomes, target, withdrawal } = fieldsOf(value);
  return (
    [id, name, target, withdrawal].every(isText) &&
    (becomes === null || isText(becomes)) &&
    [include, exclude].every(isListOf(isCondition))
  );
}

function isMapping(value: unknown): boolean {
  const { attribute, source, apply } = fieldsOf(value);
  const { from, value: constant, property, expression } = fieldsOf(source);
  const given = { constant, property, expression }[String(from)];
  return isText(attribute) && isText(apply) && isText(given);
}

/** The fields whose values pass their check; others are dropped. */
function checked<Shape>(value: unknown, checks: Record<keyof Shape, (value: unknown) => boolean>) {
  const fields = fieldsOf(value);
  const entries = Object.entries<(value: unknown) => boolean>(checks);
  return Object.fromEntries(
    entries.flatMap(([key, check]) => (check(fields[key]) ? [[key, fields[key]]] : [])),
  ) as Partial<Shape>;
}

/**
 * The draft in a stored text. What is damaged is dropped field by field, and a draft of another version whole: the
 * text may come from an older version of this product, or from a person's hands.
 */
export function parseDraft(text: string | null): Draft {
  let stored: Fields;
  try {
    stored = fieldsOf(JSON.parse(text ?? "null"));
  } catch {
    return emptyDraft;
  }
  if (stored.version !== emptyDraft.version) return emptyDraft;
  const preview = fieldsOf(stored.preview);
  return {
    ...emptyDraft,
    ...checked<Pick<Draft, "welcomed" | "task" | "connectedDomain" | "run">>(stored, {
      welcomed: isTruth,
      task: isOneOf("customize", "view", "cycles", "explain", "disable"),
      connectedDomain: isText,
      run: isText,
    }),
    directory: checked<DirectoryFields>(stored.directory, {
      server: isText,
      port: isText,
      account: isText,
      certificateAuthority: isText,
    }),
    decisions: checked<Decisions>(stored.decisions, {
      groupWriteback: isTruth,
      microsoft365Groups: isTruth,
      securityGroups: isTruth,
      withdrawal: isOneOf("keep", "convertToDistribution", "delete"),
      deletionThreshold: isText,
      target: isText,
      naming: isOneOf("objectId", "displayName", "pattern"),
      namingPattern: isText,
      ownSelections: isTruth,
      selections: isListOf(isSelection),
      mapping: isListOf(isMapping),
      decidedBy: isOneOf("kinds", "writebackConfiguration"),
      roleAssignableGroups: isTruth,
      stagingMode: isTruth,
      takeOverAttribute: isText,
      deletionPercentage: isText,
      membershipRemovalThreshold: isText,
      changeThreshold: isText,
    }),
    preview:
      isText(preview.run) && isText(preview.configuration)
        ? { run: preview.run, configuration: preview.configuration }
        : null,
  };
}
