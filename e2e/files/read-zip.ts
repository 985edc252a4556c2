import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const END = 0x06_05_4b_50;
const ENTRY = 0x02_01_4b_50;
const LOCAL = 0x04_03_4b_50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;

/**
 * The entries of a small zip that compresses nothing, by name, as its central directory lists them. Throws where a
 * signature, a checksum, a size or a name disagrees (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16).
 */
export function readZip(path: string): Map<string, Buffer> {
  const zip = readFileSync(path);
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  expectNumber(zip.readUInt32LE(end), END, 'end of central directory');
  expectNumber(end + END_LENGTH, zip.byteLength, 'length');
  const entries = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    expectNumber(zip.readUInt32LE(at), ENTRY, 'entry');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
    if (entries.has(name)) throw new Error(`${name} is there twice`);
    entries.set(name, readEntry(zip, at, name));
    at += ENTRY_LENGTH + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  expectNumber(at, end, 'length of the central directory');
  return entries;
}

function readEntry(zip: Buffer, at: number, name: string): Buffer {
  expectNumber(zip.readUInt16LE(at + 10), 0, 'compression');
  const size = zip.readUInt32LE(at + 24);
  expectNumber(zip.readUInt32LE(at + 20), size, 'stored size');
  const local = zip.readUInt32LE(at + 42);
  expectNumber(zip.readUInt32LE(local), LOCAL, 'local header');
  const nameLength = zip.readUInt16LE(local + 26);
  const localName = zip.toString('utf8', local + LOCAL_LENGTH, local + LOCAL_LENGTH + nameLength);
  if (localName !== name) throw new Error(`${name} is ${localName} in its own header`);
  const start = local + LOCAL_LENGTH + nameLength + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + size);
  expectNumber(crc32(bytes), zip.readUInt32LE(at + 16), `checksum of ${name}`);
  return bytes;
}

function expectNumber(actual: number, expected: number, what: string): void {
  if (actual !== expected) throw new Error(`zip: ${what} is ${actual}, not ${expected}`);
}
