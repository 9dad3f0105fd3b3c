import { expect, test } from "#e2e/fixtures.ts";
import { ldapmodify, ldapsearch } from "#e2e/ldap.ts";
import { actualIn, expectedFrom } from "#e2e/oracle.ts";

test.use({ directory: "samba" });

const ou = "OU=Cloud,OU=Groups,DC=contoso,DC=test";
const foreign = ["Printers", "Local helpers"];

test("an admin clicks through the wizard, and cloud groups appear in Active Directory", async ({
  wizard,
  world,
  cloud,
  page,
}) => {
  const untouched = () =>
    ldapsearch(
      world,
      world.forest.baseDn,
      `(|${foreign.map((name) => `(cn=${name})`).join("")})`,
      "*",
      "uSNChanged",
    );
  const before = await untouched();
  expect(before).toHaveLength(foreign.length);

  await wizard.open();
  await wizard.at("Welcome");
  await wizard.next();
  await wizard.at("Additional tasks");
  await wizard.chooseTask();
  await wizard.at("Connect to Microsoft Entra ID");
  await wizard.signIn();
  await wizard.picture("Signed in");
  await wizard.next();
  await wizard.at("Connect your directories");
  await wizard.connect();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();
  await wizard.picture("Connected");
  await wizard.next();
  await wizard.at("Optional features");
  await page.getByRole("checkbox", { name: "Group writeback" }).check();
  await page.getByRole("checkbox", { name: "Security groups" }).check();
  await wizard.picture("Group writeback ticked");
  await wizard.next();
  await wizard.at("Writeback");
  await wizard.chooseOu("Groups", "Cloud");
  await page
    .getByRole("checkbox", { name: "Writeback Group Distinguished Name with cloud Display Name" })
    .check();
  await wizard.picture("Writeback OU chosen");
  await wizard.next();
  await wizard.at("Ready to configure");
  await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
  await wizard.picture("Ready with the plan");
  expect(await actualIn(world, ou, await cloud.state())).toEqual([]);

  await wizard.next("Configure");
  await wizard.at("Configuration complete");
  await expect(page.getByRole("table", { name: "Groups" })).toBeVisible();
  await wizard.picture("Configuration complete with groups");
  const state = await cloud.state();
  const expected = expectedFrom(state);
  expect(expected.length).toBeGreaterThan(10);
  expect(await actualIn(world, ou, state)).toEqual(expected);
  for (const { displayName } of expected) {
    await expect(
      page.getByRole("table", { name: "Groups" }).getByText(displayName, { exact: true }).first(),
    ).toBeVisible();
  }

  await test.step("a second cycle plans nothing", async () => {
    await wizard.open("/ready");
    await expect(page.getByText("there is nothing to change")).toBeVisible();
    await wizard.picture("Nothing to do");
  });

  await test.step("the next cycle carries over what changed on either side, in place", async () => {
    const guids = async () =>
      new Map(
        (await ldapsearch(world, ou, "(adminDescription=Group_*)", "objectGUID", "adminDescription")).map(
          (entry) => [String(entry.admindescription), String(entry.objectguid)],
        ),
      );
    const earlier = await guids();
    const [sales, waiting, engineering] = await Promise.all([
      cloud.group("Sales team"),
      cloud.group("Waiting list"),
      cloud.group("Finance reports readers"),
    ]);
    const [ana, ivan, julia] = await Promise.all([
      cloud.user("Ana Silva"),
      cloud.user("Ivan Petrov"),
      cloud.user("Julia Meyer"),
    ]);
    await cloud.send(`/groups/${sales.id}`, { displayName: 'Sales, "EMEA" + <new>', description: "Moved" });
    await cloud.send(`/groups/${sales.id}/members/remove`, { id: ana.id });
    await cloud.send(`/groups/${waiting.id}/members`, { id: ivan.id });
    const drifted = (await actualIn(world, ou, await cloud.state())).find(
      ({ anchor }) => anchor === `Group_${engineering.id}`,
    );
    await ldapmodify(
      world,
      `dn: CN=${drifted?.name},${ou}\nchangetype: modify\nreplace: description\ndescription: changed on premises\n-\ndelete: member\nmember: CN=Julia Meyer,OU=Finance,OU=Staff,DC=contoso,DC=test\n-\n`,
    );
    expect(julia.onPremisesSecurityIdentifier).not.toBeNull();
    await wizard.button("Preview again").click();
    await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
    await wizard.next("Configure");
    await wizard.at("Configuration complete", "Configuration complete again");
    const now = await cloud.state();
    expect(await actualIn(world, ou, now)).toEqual(expectedFrom(now));
    expect(await guids()).toEqual(earlier);
  });

  await test.step("a group that is deleted in the cloud is kept, or deleted when that was chosen", async () => {
    const aurora = await cloud.group("Project Aurora");
    await cloud.send(`/groups/${aurora.id}/delete`);
    await wizard.open("/ready");
    await expect(page.getByText("there is nothing to change")).toBeVisible();
    await wizard.open("/optional-features");
    await page.getByRole("radio", { name: "Delete it from Active Directory" }).check();
    await wizard.next();
    await wizard.at("Writeback", "Writeback again");
    await wizard.next();
    await expect(page.getByRole("button", { name: "Delete Project Aurora" })).toBeVisible();
    await wizard.next("Configure");
    await wizard.at("Configuration complete", "Deleted");
    expect(await actualIn(world, ou, await cloud.state())).toEqual(expectedFrom(await cloud.state()));
  });

  expect(await untouched()).toEqual(before);
});

test("an OU whose name needs every kind of escaping can be the target", async ({
  wizard,
  world,
  cloud,
  page,
}) => {
  const name = ' Büro, "R+D" <1>; #=\\ ';
  const dn = `OU=\\ Büro\\, \\"R\\+D\\" \\<1\\>\\; #\\=\\\\\\ ,OU=Groups,DC=contoso,DC=test`;
  await ldapmodify(
    world,
    `dn:: ${Buffer.from(dn).toString("base64")}\nchangetype: add\nobjectClass: organizationalUnit\n\n`,
  );
  // Groups that an earlier test wrote elsewhere are removed as an administrator would remove them.
  for (const entry of await ldapsearch(world, ou, "(adminDescription=Group_*)", "cn")) {
    await ldapmodify(world, `dn:: ${Buffer.from(entry.dn).toString("base64")}\nchangetype: delete\n\n`);
  }
  await wizard.toWriteback();
  await wizard.chooseOu("Groups", name.trim());
  await page
    .getByRole("checkbox", { name: "Writeback Group Distinguished Name with cloud Display Name" })
    .check();
  await wizard.next();
  await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
  await wizard.next("Configure");
  await wizard.at("Configuration complete", "Target with special characters");
  const state = await cloud.state();
  expect(await actualIn(world, dn, state)).toEqual(expectedFrom(state));
});

test("a domain controller whose certificate is not trusted is refused", async ({ wizard, page }) => {
  await wizard.toDirectories();
  await page.getByText("Use a certification authority of your own").click();
  const { sandboxCertificates } = await import("#lib/sandbox/certificates.ts");
  const other = await sandboxCertificates(test.info().outputPath("other-authority"));
  await page.getByRole("textbox", { name: "Certification authority" }).fill(other.authority.certificate);
  await wizard.connect();
  await wizard.problem("E4002");
});
