import { Buffer } from 'node:buffer';

import * as fc from 'fast-check';

import { JOIN_PATH, upgradeTo } from './raw-tcp.test-helper.ts';

const UPGRADE = upgradeTo(JOIN_PATH);

/** Bytes for a connection on which nothing has been said yet. */
export const beforeHttp: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(fc.nat({ max: UPGRADE.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map(([at, bytes]) => overwrite(Buffer.from(UPGRADE), at, bytes)),
);

/** Bytes where websocket frames should be: any, and frames with any first bytes. */
export const insteadOfFrames: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
    fc
      .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 40 }))
      .map(([first, second, rest]) => Uint8Array.of(first, second, ...rest)),
  )
  .map((bytes) => Buffer.concat([Buffer.from(UPGRADE), bytes]));

const packet = fc
  .tuple(
    fc.constantFrom('0', '1', '2', '3', '4', '4', '4', '4', '5', '6', '7', 'b', '', '\u0000'),
    fc.constantFrom('0', '1', '2', '2', '2', '3', '4', '5', '6', '7', '-', ''),
    fc.constantFrom('', '', '1-', '2-', '10-', '11-', '0-', '-', '1e1-'),
    fc.constantFrom('', '', '/,', '/x,', '/x', ','),
    fc.constantFrom('', '0', '7', '99999999999999999999', '-1', ' '),
    fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.string({ maxLength: 40 }),
      fc.json({ maxDepth: 2 }).map((json) => `["announce",${json}]`),
      fc.json({ maxDepth: 2 }).map((json) => `["__proto__",${json}`),
      fc.constant('["find",{"_placeholder":true,"num":0}]'),
    ),
  )
  .map((parts) => parts.join(''));

const message = fc.oneof(
  packet.map((text) => encodeFrame(1, Buffer.from(text))),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => encodeFrame(2, bytes)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => encodeFrame(1, bytes)),
);

/** Whole websocket messages with anything in them, from one that has joined or has not. */
export const insteadOfPackets: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.boolean(), fc.array(message, { minLength: 1, maxLength: 4 }))
  .map(([joins, messages]) =>
    Buffer.concat([
      Buffer.from(UPGRADE),
      ...(joins ? [encodeFrame(1, Buffer.from('40'))] : []),
      ...messages,
    ]),
  );

/** A masked frame that is whole; the mask is zero, so the bytes stay as they are. */
function encodeFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const head = [0x80 | opcode, 0x80 | Math.min(payload.length, 126)];
  if (payload.length >= 126) head.push(payload.length >> 8, payload.length & 0xff);
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

function overwrite(target: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  target.set(bytes.subarray(0, target.length - at), at);
  return target;
}
