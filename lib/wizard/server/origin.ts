import { Failure } from "#lib/model/problem.ts";

/**
 * The refusal (E1011) of a request that a page of another site may have sent, or undefined. Browsers send
 * `Origin` with each request that is not GET or HEAD (Fetch, "append a request Origin header"), so that a request
 * without one is refused too. Only the host is compared with `Host`, since a reverse proxy may end TLS;
 * `Sec-Fetch-Site`, where the browser sends it, covers the scheme as well.
 */
export function originRefusal(headers: Headers): Failure | undefined {
  const origin = headers.get("origin");
  if (origin === null)
    return new Failure("E1011", { why: "The request carried no Origin header, which browsers always send." });
  const site = headers.get("sec-fetch-site");
  if (isSameHost(origin, headers.get("host") ?? "") && (site === null || site === "same-origin"))
    return undefined;
  return new Failure("E1011");
}

function isSameHost(origin: string, host: string): boolean {
  if (!/^https?:\/\//.test(origin) || host === "") return false;
  const scheme = origin.slice(0, origin.indexOf(":"));
  const [ours, theirs] = [`${scheme}://${host}`, origin].map((text) =>
    URL.canParse(text) ? new URL(text) : null,
  );
  return ours != null && theirs != null && ours.host === theirs.host;
}
