import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";

/** Holds a plan when two AD groups claim one cloud group: neither may be chosen silently. */
export const sharedAnchor: Guard = ({ sharedAnchors }) => {
  const first = sharedAnchors[0];
  if (first === undefined) return null;
  const others =
    sharedAnchors.length > 1 ? `; ${sharedAnchors.length - 1} more anchors are shared as well` : "";
  return new Failure("E5001", {
    why: `Group_${first.anchor} stands on ${first.groups.join(" and on ")}${others}. The plan is held.`,
  }).problem;
};
