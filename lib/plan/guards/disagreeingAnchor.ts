import { Failure } from "#lib/model/problem.ts";
import type { Guard } from "#lib/plan/guards/guard.ts";
import { listed } from "#lib/plan/guards/listed.ts";

/** Holds a plan when an AD group's two anchors name different cloud groups. */
export const disagreeingAnchor: Guard = ({ disagreeingAnchors }) =>
  disagreeingAnchors.length > 0
    ? new Failure("E5002", {
        why: `adminDescription and msDS-ExternalDirectoryObjectId differ on ${listed(disagreeingAnchors)}. The plan is held.`,
      }).problem
    : null;
