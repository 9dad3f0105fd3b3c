import { z } from "zod";

/** Where an attribute's value comes from: fixed, a property of the cloud group, or an expression over them. */
export const valueSource = z.discriminatedUnion("from", [
  z.object({ from: z.literal("constant"), value: z.string().max(1024) }),
  z.object({ from: z.literal("property"), property: z.string().min(1) }),
  z.object({ from: z.literal("expression"), expression: z.string().min(1).max(4096) }),
]);

/** How one AD attribute gets its value; replaces the product's own mapping of that attribute. */
export const attributeMapping = z.object({
  /** LDAP name. */
  attribute: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "Enter an attribute's LDAP name."),
  source: valueSource,
  /** `onCreate`: written with the group and never again. `leaveOnPremises`: a value found in AD is left alone. */
  apply: z.enum(["always", "onCreate", "leaveOnPremises"]).default("always"),
});
export type AttributeMapping = z.infer<typeof attributeMapping>;
