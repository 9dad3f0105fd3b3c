import { expect, test } from "#e2e/fixtures.ts";
import type { Wizard } from "#e2e/wizard.ts";

/** Ends writeback and deletes what was written, so that the tests after it begin without a configuration. */
async function disable(wizard: Wizard): Promise<void> {
  const { page } = wizard;
  await wizard.open("/disable");
  await page.getByRole("radio", { name: "Delete them" }).check();
  await wizard.button("Preview").click();
  await expect(page.getByRole("textbox", { name: "Type DELETE to confirm" })).toBeVisible();
  await wizard.at("Run", "Disable previewed");
  await wizard.button("Disable now").click();
  await expect(page.getByText("Type DELETE, in capital letters.")).toBeVisible();
  await page.getByRole("textbox", { name: "Type DELETE to confirm" }).fill("DELETE");
  await wizard.button("Disable now").click();
  await expect(page.getByText("Disable", { exact: true })).toBeVisible();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
}

test("selections, a naming pattern, a mapping, a guard's release, an undo and the end of writeback", async ({
  wizard,
  cloud,
  page,
}) => {
  test.setTimeout(180_000);
  await wizard.toWriteback();
  await wizard.chooseOu("Groups", "Cloud");

  await page.getByRole("checkbox", { name: "Name the groups by a pattern of my own" }).check();
  const pattern = page.getByRole("textbox", { name: "Naming pattern" });
  await pattern.fill("all the same");
  await wizard.next();
  await expect(
    page.getByRole("alert").getByText("Enter a pattern with at least one placeholder"),
  ).toBeVisible();
  await pattern.fill("cloud {displayName} {shortId}");
  await expect(page.getByText(/^CN=cloud .+,OU=Cloud,OU=Groups,DC=contoso,DC=test$/).first()).toBeVisible();
  await wizard.picture("Writeback with a pattern");

  await page.getByRole("link", { name: "Change selections" }).click();
  await wizard.at("Selections", "Selections unused");
  await page.getByRole("checkbox", { name: "Use selections" }).check();
  await wizard.next("Done");
  await expect(page.getByRole("alert").getByText("Add a selection")).toBeVisible();
  await wizard.button("Add a selection").click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Finance");
  await expect(page.getByText("Complete the selections to see which groups they take.")).toBeVisible();
  await page.getByRole("combobox", { name: "Condition 1" }).selectOption("Chosen groups");
  await page.getByRole("textbox", { name: "Groups", exact: true }).fill("finance");
  await page.getByRole("button", { name: "Choose Finance reports readers" }).click();
  const taken = page.getByRole("table", { name: "Groups that are taken" });
  await expect(taken.getByRole("row", { name: /Finance reports readers/ })).toContainText("Finance");
  await wizard.at("Selections", "Selections with a chosen group");
  await wizard.next("Done");
  await wizard.at("Writeback", "Writeback with selections");

  await page.getByRole("link", { name: "Change attribute mapping" }).click();
  await wizard.button("Map an attribute").click();
  await page.getByRole("textbox", { name: "Attribute in Active Directory" }).fill("info");
  await page.getByRole("combobox", { name: "Value" }).selectOption("An expression");
  await page
    .getByRole("textbox", { name: "Expression" })
    .fill('Join(" ", "Cloud group", ToUpper([displayName]))');
  await page.getByRole("textbox", { name: "Group to try it on" }).fill("finance");
  await page.getByRole("button", { name: "Choose Finance reports readers" }).click();
  await expect(
    page
      .getByRole("table", { name: "Values for Finance reports readers" })
      .getByRole("row", { name: /info/ }),
  ).toContainText("Cloud group FINANCE REPORTS READERS");
  await wizard.at("Attribute mapping");
  await wizard.next("Done");

  await page.getByRole("link", { name: "Change advanced settings" }).click();
  await page.getByRole("textbox", { name: "Removed memberships" }).fill("many");
  await wizard.next("Done");
  await expect(page.getByRole("alert").getByText("Enter a whole number from 0, or nothing.")).toBeVisible();
  await page.getByRole("textbox", { name: "Removed memberships" }).fill("0");
  await wizard.at("Advanced settings");
  await wizard.next("Done");
  await wizard.next();
  await wizard.planned();
  await wizard.at("Ready to configure");
  await wizard.next("Configure");
  await wizard.at("Configuration complete");
  const first = page.url().split("/").at(-1) ?? "";

  const finance = await cloud.group("Finance reports readers");
  const synced = (await cloud.state()).users.filter((user) => user.onPremisesSecurityIdentifier !== null);
  const member = synced.find(({ id }) => finance.members.includes(id));
  await cloud.send(`/groups/${finance.id}/members/remove`, { id: member?.id });

  await wizard.button("Exit").click();
  await wizard.next();
  await wizard.chooseTask("Cycles and runs");
  await wizard.next();
  await wizard.at("Cycles and runs");
  await wizard.button("Run now").click();
  await wizard.at("Run", "Run under way");
  await wizard.problem("E5005");
  await wizard.button("Release and export").click();
  await expect(page.getByText("Say why the plan may be exported.")).toBeVisible();
  await page.getByRole("textbox", { name: "Reason" }).fill("She has left the finance team");
  await wizard.button("Release and export").click();
  await expect(page.getByText("“She has left the finance team”")).toBeVisible();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  await expect(
    page.getByRole("table", { name: "Groups" }).getByRole("row", { name: /^Finance reports readers/ }),
  ).toContainText("Updated");
  await expect(page.getByText("This became an Initial cycle")).toHaveCount(0);
  await wizard.at("Run", "Run released");

  const saved = page.waitForEvent("download");
  await wizard.button("LDIF").click();
  expect((await saved).suggestedFilename()).toMatch(/^plan-.+\.ldif$/);

  await wizard.button("Preview the undo").click();
  await expect(page.getByText("Nothing was written: this is a preview.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Add 1 member/ })).toBeVisible();
  await wizard.at("Run", "Undo previewed");
  await wizard.button("Undo now").click();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  await wizard.at("Run", "Undone");
  await wizard.button("Back to the runs").click();
  await expect(page.getByText("The schedule is suspended")).toBeVisible();
  await page.getByRole("checkbox", { name: "Run cycles by the schedule" }).check();
  await page.getByRole("textbox", { name: "Minutes between cycles" }).fill("1");
  await wizard.button("Save the schedule").click();
  await expect(page.getByText("Enter a whole number of minutes from 2 to 10080")).toBeVisible();
  await page.getByRole("textbox", { name: "Minutes between cycles" }).fill("45");
  await wizard.button("Save the schedule").click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await wizard.at("Cycles and runs", "Runs and schedule");
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("link")).not.toHaveCount(0);

  await wizard.open("/explain");
  await page.getByRole("textbox", { name: "Group", exact: true }).fill("finance");
  await page.getByRole("button", { name: "Choose Finance reports readers" }).click();
  await wizard.button("Explain").click();
  await expect(page.getByRole("list", { name: "Steps of the explanation" })).toContainText("This decided.");
  await wizard.at("Explain a group");

  await disable(wizard);
  await wizard.at("Run", "Disabled");
  await wizard.open(`/run/${first}`);
  await expect(page.getByRole("table", { name: "Groups" })).toContainText("Finance reports readers");
});

test("a preview that a guard holds for its numbers can be configured, and is released on the page of the run", async ({
  wizard,
  page,
}) => {
  test.setTimeout(120_000);
  await wizard.toWriteback();
  await wizard.chooseOu("Groups", "Legacy");
  await page.getByRole("link", { name: "Change advanced settings" }).click();
  await page.getByRole("textbox", { name: "Changes", exact: true }).fill("0");
  await wizard.next("Done");
  await wizard.next();
  await wizard.problem("E5006");
  await expect(page.getByText("You can choose Configure all the same")).toBeVisible();
  await wizard.next("Configure");
  await wizard.at("Configuring", "Held");
  await expect(page.getByText("A guard holds the plan. Nothing was written")).toBeVisible();
  await page.getByRole("link", { name: "Show the whole run" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("It is the first run");
  await wizard.button("Release and export").click();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  await expect(page.getByText("“It is the first run”")).toBeVisible();
  await wizard.at("Run", "Released");

  // The agent keeps its configuration when writeback ends: the threshold would hold the runs of other tests.
  await wizard.open("/advanced");
  await page.getByRole("textbox", { name: "Changes", exact: true }).fill("");
  await wizard.next("Done");
  await wizard.next();
  await wizard.planned();
  await wizard.next("Configure");
  await wizard.at("Configuration complete");
  await disable(wizard);
});
