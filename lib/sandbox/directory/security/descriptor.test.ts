import fc from "fast-check";
import { expect, test } from "vitest";
import { type Descriptor, decodeDescriptor, encodeDescriptor } from "./descriptor.ts";

const sid = fc.integer({ min: 500, max: 2 ** 32 - 1 }).map((rid) => `S-1-5-21-1-2-3-${rid}`);
const type = fc.option(fc.uuid(), { nil: undefined });
const ace = fc.record({
  effect: fc.constantFrom("allow" as const, "deny" as const),
  flags: fc.integer({ min: 0, max: 31 }),
  mask: fc.integer({ min: 0, max: 0xf01ff }),
  objectType: type,
  inheritedObjectType: type,
  sid,
});
const descriptor: fc.Arbitrary<Descriptor> = fc.record({
  owner: sid,
  group: sid,
  protected: fc.boolean(),
  aces: fc.array(ace, { maxLength: 6 }),
});

test("a security descriptor keeps its value in bytes", () => {
  fc.assert(
    fc.property(descriptor, (one) => {
      expect(decodeDescriptor(encodeDescriptor(one, 7))).toEqual(one);
    }),
  );
});

test("parts that are not selected are not there", () => {
  fc.assert(
    fc.property(descriptor, (one) => {
      expect(decodeDescriptor(encodeDescriptor(one, 4))).toEqual({
        protected: one.protected,
        aces: one.aces,
      });
      expect(decodeDescriptor(encodeDescriptor(one, 1))).toEqual({ owner: one.owner, protected: false });
    }),
  );
});

test("whatever bytes come, they are a descriptor or they are not", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      (bytes) => void decodeDescriptor(Buffer.from([1, ...bytes])),
    ),
    {
      numRuns: 3000,
    },
  );
});
