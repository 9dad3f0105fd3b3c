import { Button } from "#components/forms/button.tsx";
import { Select } from "#components/forms/select.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import type { AttributeMapping } from "#lib/model/mapping.ts";

type Source = AttributeMapping["source"];

const sources: Readonly<Record<Source["from"], string>> = {
  property: "A property of the cloud group",
  constant: "A fixed value",
  expression: "An expression",
};

const starts: { readonly [From in Source["from"]]: Extract<Source, { from: From }> } = {
  property: { from: "property", property: "displayName" },
  constant: { from: "constant", value: "" },
  expression: { from: "expression", expression: "" },
};

const properties = {
  displayName: "displayName",
  description: "description",
  mail: "mail",
  mailNickname: "mailNickname",
  objectId: "objectId",
  mailEnabled: "mailEnabled",
  securityEnabled: "securityEnabled",
};

const applications: Readonly<Record<AttributeMapping["apply"], string>> = {
  always: "In every cycle",
  onCreate: "Only when the group is created",
  leaveOnPremises: "Only while Active Directory has no value",
};

type Props = {
  readonly index: number;
  readonly mapping: AttributeMapping;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (mapping: AttributeMapping) => void;
  readonly onRemove: () => void;
};

/** One AD attribute, where its value comes from, and when it is written. */
export function MappingRow({ index, mapping, errors, onChange, onRemove }: Props) {
  const { attribute, source, apply } = mapping;
  const name = attribute || `attribute ${index + 1}`;
  return (
    <fieldset className="grid max-w-[54rem] gap-4 rounded-lg border border-line p-4 sm:grid-cols-2">
      <legend className="px-1 font-semibold">{name}</legend>
      <TextField
        id={`attribute-${index}`}
        label="Attribute in Active Directory"
        hint="Its LDAP name, such as info or extensionAttribute1"
        value={attribute}
        onChange={(value) => onChange({ ...mapping, attribute: value.trim() })}
        error={errors[`attribute-${index}`]}
      />
      <Select
        id={`from-${index}`}
        label="Value"
        hint="Where it comes from"
        value={source.from}
        options={sources}
        onChange={(from) => onChange({ ...mapping, source: starts[from] })}
      />
      {source.from === "property" && (
        <Select
          id={`value-${index}`}
          label="Property"
          value={source.property}
          options={{ ...properties, [source.property]: source.property }}
          onChange={(property) => onChange({ ...mapping, source: { ...source, property } })}
        />
      )}
      {source.from === "constant" && (
        <TextField
          id={`value-${index}`}
          label="Fixed value"
          value={source.value}
          onChange={(value) => onChange({ ...mapping, source: { ...source, value } })}
        />
      )}
      {source.from === "expression" && (
        <TextField
          id={`value-${index}`}
          label="Expression"
          hint='As in Entra, such as Join(" ", [displayName], "(cloud)")'
          value={source.expression}
          onChange={(expression) => onChange({ ...mapping, source: { ...source, expression } })}
          error={errors[`value-${index}`]}
        />
      )}
      <Select
        id={`apply-${index}`}
        label="Write it"
        value={apply}
        options={applications}
        onChange={(chosen) => onChange({ ...mapping, apply: chosen })}
      />
      <div className="sm:col-span-2">
        <Button look="quiet" onClick={onRemove}>
          Remove<span className="sr-only"> {name}</span>
        </Button>
      </div>
    </fieldset>
  );
}
