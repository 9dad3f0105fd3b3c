import {
  AndFilter,
  EqualityFilter,
  type Filter,
  GreaterThanEqualsFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from "ldapts";
import { guidBytes, sidBytes } from "#lib/directory/binary.ts";
import type { DirectoryReference } from "#lib/directory/directory.ts";

// Filters are built from objects alone. A value travels as bytes inside the request and is never text of a filter,
// so there is nothing to escape and nothing that could be injected.

/** The attribute has this value; bytes are compared as they are. */
export function equals(attribute: string, value: string | Buffer): Filter {
  return new EqualityFilter({ attribute, value });
}

/** A value of the attribute starts with `prefix`, which must not be empty. */
export function startsWith(attribute: string, prefix: string): Filter {
  if (prefix === "") throw new RangeError("an empty prefix is no filter");
  return new SubstringFilter({ attribute, initial: prefix });
}

export function all(...filters: readonly Filter[]): Filter {
  return new AndFilter({ filters: [...filters] });
}

export function any(...filters: readonly Filter[]): Filter {
  return new OrFilter({ filters: [...filters] });
}

/** The attribute has any value. */
export function isSet(attribute: string): Filter {
  return new PresenceFilter({ attribute });
}

/** The attribute's number is not below `value`. */
export function atLeast(attribute: string, value: string): Filter {
  return new GreaterThanEqualsFilter({ attribute, value });
}

/** The object that the reference names. */
export function named(reference: DirectoryReference): Filter {
  switch (reference.by) {
    case "sid":
      return equals("objectSid", sidBytes(reference.sid));
    case "guid":
      return equals("objectGUID", guidBytes(reference.guid));
    case "mail":
      return all(equals("objectClass", "contact"), equals("mail", reference.mail));
  }
}
