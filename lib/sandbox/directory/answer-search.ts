import { controlFlags, controlValue, resultOf } from "./handle.ts";
import type { DnForm } from "./operations/extended-dn.ts";
import { writeDn } from "./operations/extended-dn.ts";
import { rootDse } from "./operations/root-dse.ts";
import { find, maximumPage, type Pages, references } from "./operations/search.ts";
import { chooser, type Selection, select } from "./operations/selection.ts";
import { type Session, signedIn } from "./operations/session.ts";
import { resultCodes } from "./refusal.ts";
import type { Entry } from "./tree/entry.ts";
import { type Control, controlOids, pagingControl, readPaging } from "./wire/controls.ts";
import type { SearchRequest } from "./wire/request.ts";
import { encodeEntry, encodeReference, encodeResult } from "./wire/response.ts";

const done = 0x65;

/** The messages that answer a search, one by one, the result last. */
export function* answerSearch(
  session: Session,
  pages: Pages,
  id: number,
  request: SearchRequest,
  controls: readonly Control[],
): Generator<Buffer> {
  try {
    if (request.base === "" && request.scope === "base") {
      if (request.filter.kind === "present" && request.filter.attribute.toLowerCase() === "objectclass") {
        yield encodeEntry(id, "", rootDse(session.tree, request.attributes, request.typesOnly));
      }
      yield encodeResult(id, done, { code: resultCodes.success, diagnostic: "" });
      return;
    }
    yield* answerFromTree(session, pages, id, request, controls);
  } catch (error) {
    yield encodeResult(id, done, resultOf(error));
  }
}

function* answerFromTree(
  session: Session,
  pages: Pages,
  id: number,
  request: SearchRequest,
  controls: readonly Control[],
): Generator<Buffer> {
  const { tree } = session;
  const token = signedIn(session);
  const paging = controlValue(controls, controlOids.pagedResults)?.value;
  const asked = paging === undefined ? undefined : readPaging(paging);
  const showDeleted = [controlOids.showDeleted, controlOids.showRecycled].some((oid) =>
    controlValue(controls, oid),
  );
  const selection: Selection = {
    names: request.attributes,
    typesOnly: request.typesOnly,
    dnForm: dnForm(controls),
    sdFlags: controlFlags(controls, controlOids.sdFlags, 15),
  };
  const choose = chooser(selection);
  const key = JSON.stringify([request.base, request.scope, request.filter, showDeleted]);
  const rest =
    asked === undefined || asked.cookie === ""
      ? { key, entries: [...find(tree, request, showDeleted)], from: 0 }
      : pages.take(asked.cookie, key);
  const isFirst = rest.from === 0;
  const size = asked === undefined ? maximumPage : Math.min(asked.size, maximumPage);
  const limit = request.sizeLimit > 0 ? Math.min(request.sizeLimit - rest.from, size) : size;
  const write = (entry: Entry) =>
    encodeEntry(
      id,
      writeDn(tree, entry, selection.dnForm),
      select(tree, entry, choose(entry), selection, token),
    );
  let from = rest.from;
  for (; from < rest.entries.length && from - rest.from < limit; from += 1) {
    const entry = rest.entries[from] as Entry;
    if (entry.deleted && !showDeleted) continue;
    yield write(entry);
  }
  if (isFirst && controlValue(controls, controlOids.domainScope) === undefined) {
    for (const url of references(tree, request)) yield encodeReference(id, url);
  }
  const isLeft = from < rest.entries.length;
  // A page size of 0 gives the search up (RFC 2696, 3).
  const goesOn =
    isLeft && asked !== undefined && asked.size > 0 && (request.sizeLimit === 0 || from < request.sizeLimit);
  const isCut = isLeft && !goesOn && asked?.size !== 0;
  const result = {
    code: isCut ? resultCodes.sizeLimitExceeded : resultCodes.success,
    diagnostic: isCut ? "00002023: SvcErr: DSID-031A01D7, problem 5007 (SIZE_LIMIT_EXCEEDED), data 0\n" : "",
  };
  const responses = asked === undefined ? [] : [pagingControl(goesOn ? pages.keep({ ...rest, from }) : "")];
  yield encodeResult(id, done, result, responses);
}

function dnForm(controls: readonly Control[]): DnForm {
  const flags = controlFlags(controls, controlOids.extendedDn, 0);
  return flags === undefined ? "plain" : flags === 0 ? "hex" : "text";
}
