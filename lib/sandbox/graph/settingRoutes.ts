import { requirePermission } from "#lib/sandbox/graph/caller.ts";
import type { GraphApp, GraphFacts } from "#lib/sandbox/graph/facts.ts";
import { permissions } from "#lib/sandbox/graph/permissions.ts";
import { readQuery } from "#lib/sandbox/graph/query.ts";
import { stableId } from "#lib/sandbox/tenant/identity.ts";

/** The template Group.Unified: its id, and its values as they are before anybody changes them (facts.md 6.6). */
const templateId = "62375ab9-6b52-47ed-826b-58e47e0e304b";
const templateValues: Readonly<Record<string, string>> = {
  NewUnifiedGroupWritebackDefault: "true",
  EnableMIPLabels: "false",
  CustomBlockedWordsList: "",
  EnableMSStandardBlockedWords: "false",
  ClassificationDescriptions: "",
  DefaultClassification: "",
  PrefixSuffixNamingRequirement: "",
  AllowGuestsToBeGroupOwner: "false",
  AllowGuestsToAccessGroups: "true",
  GuestUsageGuidelinesUrl: "",
  GroupCreationAllowedGroupId: "",
  AllowToAddGuests: "true",
  UsageGuidelinesUrl: "",
  ClassificationList: "",
  EnableGroupCreation: "true",
};

/** GET /groupSettings: nothing until a setting was made from the template, then every value of it. */
export function settingRoutes(app: GraphApp, facts: GraphFacts): void {
  app.get("/v1.0/groupSettings", (c) => {
    requirePermission(c.get("caller"), permissions.readGroupSettings);
    readQuery(new URL(c.req.url).searchParams, []);
    const made = Object.fromEntries(facts.tenant.settings);
    const values = Object.entries({ ...templateValues, ...made }).map(([name, value]) => ({ name, value }));
    const setting = {
      id: stableId("groupSetting/unified"),
      displayName: "Group.Unified",
      templateId,
      values,
    };
    const value = facts.tenant.settings.size === 0 ? [] : [setting];
    return c.json({ "@odata.context": `${facts.origin}/v1.0/$metadata#groupSettings`, value });
  });
}
