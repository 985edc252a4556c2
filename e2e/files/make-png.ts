import { crc32, deflateSync } from 'node:zlib';

/** A picture of that size in one colour (PNG, 8 bits a channel, no filter). */
export function makePng(width: number, height: number): Buffer {
  const row = Buffer.alloc(1 + 3 * width, 0x66);
  row[0] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
    makePart('IHDR', header),
    makePart('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    makePart('IEND', Buffer.alloc(0)),
  ]);
}

function makePart(type: string, content: Buffer): Buffer {
  const part = Buffer.alloc(12 + content.byteLength);
  part.writeUInt32BE(content.byteLength, 0);
  part.write(type, 4, 'latin1');
  part.set(content, 8);
  part.writeUInt32BE(crc32(part.subarray(4, 8 + content.byteLength)), 8 + content.byteLength);
  return part;
}
