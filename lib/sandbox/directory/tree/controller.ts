import type { Dn } from "../names/dn.ts";

/** The DNS name of the domain, as `contoso.test`. */
export function dnsName(base: Dn): string {
  return base.map(({ value }) => value).join(".");
}

/** The domain controller's names. */
export const controller = "DC1";

export function controllerDns(base: Dn): string {
  return `${controller.toLowerCase()}.${dnsName(base)}`;
}
