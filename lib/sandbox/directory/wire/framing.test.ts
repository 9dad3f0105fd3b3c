import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encode,
  encodeInteger,
  encodeText,
  MalformedError,
  readElements,
  readInteger,
  readText,
  tags,
} from "./ber.ts";
import { Framing } from "./framing.ts";
import { readMessage, readOperation } from "./request.ts";

const message = (payload: string) => encode(tags.sequence, encodeInteger(1), encodeText(payload));

/** The bytes, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

test("messages arrive whole, however TCP splits them", () => {
  const payload = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 70_000 }).map((length) => "x".repeat(length)),
  );
  fc.assert(
    fc.property(
      fc.array(payload, { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (payloads, places) => {
        const framing = new Framing(1 << 20);
        const chunks = cut(Buffer.concat(payloads.map(message)), places);
        const found = chunks.flatMap((chunk) => framing.push(chunk));
        expect(
          found.map((content) => readText(readElements(content)[1]?.content ?? Buffer.alloc(0))),
        ).toEqual(payloads);
        expect(framing.takeRest()).toHaveLength(0);
      },
    ),
  );
});

test("a message above the limit is refused as soon as its header is there", () => {
  const framing = new Framing(100);
  expect(() => framing.push(message("x".repeat(200)).subarray(0, 5))).toThrow(MalformedError);
});

test("integers keep their value", () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      const [element] = readElements(encodeInteger(value));
      expect(readInteger(element?.content ?? Buffer.alloc(0))).toBe(value);
    }),
  );
});

test("whatever comes, decoding gives a request or MalformedError", () => {
  const decode = (bytes: Uint8Array) => {
    try {
      readOperation(readMessage(Buffer.from(bytes)).operation);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), decode), { numRuns: 2000 });
  // Bytes that begin as requests do reach the decoders of the operations.
  const tag = fc.constantFrom(0x60, 0x42, 0x63, 0x66, 0x68, 0x4a, 0x6c, 0x6e, 0x50, 0x77);
  const piece = fc.record({
    tag: fc.constantFrom(1, 2, 4, 10, 0x30, 0x31, 0x80, 0xa0, 0xa3, 0xa4, 0xa9),
    content: fc.uint8Array({ maxLength: 12 }),
  });
  const body = fc
    .array(piece, { maxLength: 9 })
    .map((pieces) => Buffer.concat(pieces.map((one) => encode(one.tag, Buffer.from(one.content)))));
  const likely = fc
    .tuple(tag, body)
    .map(([one, content]) => Buffer.concat([encodeInteger(7), encode(one, content)]));
  fc.assert(fc.property(likely, decode), { numRuns: 3000 });
});

test("a filter nested without end is refused", () => {
  let filter = encodeText("cn", 0x87);
  for (let depth = 0; depth < 5000; depth += 1) filter = encode(0xa2, filter);
  const search = encode(
    0x63,
    encodeText(""),
    encodeInteger(2, tags.enumerated),
    encodeInteger(0, tags.enumerated),
    encodeInteger(0),
    encodeInteger(0),
    encode(tags.boolean, Buffer.from([0])),
    filter,
    encode(tags.sequence),
  );
  const [operation] = readElements(search);
  expect(() => operation && readOperation(operation)).toThrow(/too deep/);
});
