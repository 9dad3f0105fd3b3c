import { type Dn, isBelow } from "#lib/model/dn.ts";
import type { Sid } from "#lib/model/identifier.ts";

/** An AD group, as far as its place matters. */
type Placed = { readonly dn: Dn; readonly sid: Sid };

/** How a group is looked for. `isOurs`: an earlier cycle had it in a target OU, so that somebody moved it out. */
export type Search = { readonly join: Sid | null; readonly targets: readonly Dn[]; readonly isOurs: boolean };

/** Which AD group a cloud group in scope is written to. `inPlace`: it keeps its place, name, type and scope. */
export type Placement<Group extends Placed> =
  | { readonly state: "there"; readonly group: Group; readonly inPlace: boolean }
  | { readonly state: "missing" }
  | { readonly state: "leftOut"; readonly reason: "group-joined-not-found" }
  | { readonly state: "leftOut"; readonly reason: "group-outside-target"; readonly group: Group };

/** The AD group in one of the target OUs. */
export function inTargets<Group extends Placed>(
  found: readonly Group[],
  targets: readonly Dn[],
): Group | undefined {
  return found.find(({ dn }) => targets.some((target) => isBelow(dn, target)));
}

/**
 * Finds the AD group of a cloud group in scope among those with its anchor: the one with the SID that is to be joined,
 * wherever it is, else the one in a target OU, else the one that was there and goes back. One that has never been in
 * a target OU is left alone, and one that is to be joined is never created anew.
 */
export function placementOf<Group extends Placed>(
  { join, targets, isOurs }: Search,
  found: readonly Group[],
): Placement<Group> {
  const joined = found.find(({ sid }) => sid === join);
  if (joined !== undefined) return { state: "there", group: joined, inPlace: true };
  const here = inTargets(found, targets) ?? (isOurs ? found[0] : undefined);
  if (here !== undefined) return { state: "there", group: here, inPlace: false };
  if (join !== null) return { state: "leftOut", reason: "group-joined-not-found" };
  const [elsewhere] = found;
  if (elsewhere === undefined) return { state: "missing" };
  return { state: "leftOut", reason: "group-outside-target", group: elsewhere };
}
