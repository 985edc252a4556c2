import * as v from 'valibot';

import type { Bytes } from '../share/bytes.ts';

/** What Socket.IO hands over: a Buffer in Node, an ArrayBuffer in a browser. */
type Binary = Uint8Array | ArrayBuffer;

function isBinary(input: unknown): input is Binary {
  return input instanceof Uint8Array || input instanceof ArrayBuffer;
}

/** Takes `minBytes` to `maxBytes` of either kind, and gives a copy that nobody else holds. */
export function binaryField(minBytes: number, maxBytes: number) {
  return v.pipe(
    v.custom<Binary>(isBinary, 'not binary'),
    v.check(
      ({ byteLength }) => byteLength >= minBytes && byteLength <= maxBytes,
      `not ${minBytes} to ${maxBytes} bytes`,
    ),
    v.transform(copyBytes),
  );
}

function copyBytes(binary: Binary): Bytes {
  return new Uint8Array(binary instanceof ArrayBuffer ? binary.slice(0) : binary);
}
