import { Checkbox } from "#components/forms/choice.tsx";
import { FieldError } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { kindNames, truthNames } from "#components/scope/condition-words.ts";
import { ObjectPicker } from "#components/scope/object-picker.tsx";
import type { CloudGroupKind } from "#lib/model/group.ts";
import type { Condition } from "#lib/model/selection.ts";
import { newConditions, type Picked } from "#lib/wizard/selection-form.ts";

type Props = {
  readonly id: string;
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly error: string | undefined;
};

const patternHint = "* stands for any text, ? for one character";

/** The fields of one condition, by what it asks about. */
export function ConditionFields({ id, condition, onChange, error }: Props) {
  switch (condition.by) {
    case "groups":
      return (
        <ObjectPicker
          id={id}
          kind="group"
          label="Groups"
          picked={condition.groups}
          onPick={(group) => onChange({ ...condition, groups: [...condition.groups, group] })}
          onDrop={(dropped) =>
            onChange({ ...condition, groups: condition.groups.filter((group) => group.id !== dropped) })
          }
          error={error}
        />
      );
    case "displayName":
      return (
        <TextField
          id={id}
          label="Pattern"
          hint={patternHint}
          value={condition.pattern}
          onChange={(pattern) => onChange({ ...condition, pattern })}
          error={error}
        />
      );
    case "kind":
      return (
        <fieldset className="grid gap-2">
          <legend className="mb-2 font-semibold">Kinds</legend>
          <FieldError id={id} error={error} />
          {(Object.keys(kindNames) as CloudGroupKind[]).map((kind, index) => (
            <Checkbox
              key={kind}
              id={index === 0 ? id : `${id}-${kind}`}
              label={kindNames[kind]}
              checked={condition.kinds.includes(kind)}
              onChange={(checked) => {
                const others = condition.kinds.filter((each) => each !== kind);
                onChange({ ...condition, kinds: checked ? [...others, kind] : others });
              }}
            />
          ))}
        </fieldset>
      );
    case "mailEnabled":
    case "dynamic":
    case "roleAssignable":
      return (
        <Select
          id={id}
          label="The group"
          value={condition.value ? "yes" : "no"}
          options={truthNames[condition.by]}
          onChange={(answer) => onChange({ ...condition, value: answer === "yes" })}
        />
      );
    case "owner":
      return (
        <One
          id={id}
          kind="user"
          label="Owner"
          picked={condition.owner}
          onPick={(owner) => onChange({ ...condition, owner })}
          error={error}
        />
      );
    case "administrativeUnit":
      return (
        <One
          id={id}
          kind="administrativeUnit"
          label="Administrative unit"
          picked={condition.unit}
          onPick={(unit) => onChange({ ...condition, unit })}
          error={error}
        />
      );
    case "memberOf":
      return (
        <One
          id={id}
          kind="group"
          label="Pilot group"
          picked={condition.group}
          onPick={(group) => onChange({ ...condition, group })}
          error={error}
        />
      );
    case "extensionAttribute":
      return (
        <div className="grid gap-3">
          <TextField
            id={id}
            label="Extension attribute"
            hint="Its full name, such as extension_0123456789abcdef0123456789abcdef_writeback"
            value={condition.attribute}
            onChange={(attribute) => onChange({ ...condition, attribute: attribute.trim() })}
            error={error}
          />
          <TextField
            id={`${id}-pattern`}
            label="Pattern"
            hint={patternHint}
            value={condition.pattern}
            onChange={(pattern) => onChange({ ...condition, pattern })}
          />
        </div>
      );
  }
}

type OneProps = Pick<Props, "id" | "error"> & {
  readonly kind: "group" | "user" | "administrativeUnit";
  readonly label: string;
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
};

/** A picker for a single thing. */
function One({ picked, onPick, ...props }: OneProps) {
  return (
    <ObjectPicker
      {...props}
      picked={picked.id === "" ? [] : [picked]}
      onPick={onPick}
      onDrop={() => onPick(newConditions.owner.owner)}
    />
  );
}
