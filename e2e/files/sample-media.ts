import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES_PER_SECOND = 44_100;
const CHANNELS = 2;
const SAMPLE_BYTES = 2;
export const SOUND_BYTES_PER_SECOND = SAMPLES_PER_SECOND * CHANNELS * SAMPLE_BYTES;

/** Writes a sound file of so many seconds and returns its path: 176 kB a second, the length up front (RIFF WAVE). */
export function makeWav(folder: string, name: string, seconds: number): string {
  const sound = makeSound(seconds);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + sound.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(CHANNELS, 22);
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  header.writeUInt32LE(SOUND_BYTES_PER_SECOND, 28);
  header.writeUInt16LE(CHANNELS * SAMPLE_BYTES, 32);
  header.writeUInt16LE(SAMPLE_BYTES * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.byteLength, 40);
  return write(folder, name, Buffer.concat([header, sound]));
}

/**
 * The same sound as an MP4 that says what is in it only behind all of it, as cameras write theirs (ISO/IEC 14496-12;
 * samples as QuickTime's "sowt").
 */
export function makeMp4WithIndexAtEnd(folder: string, name: string, seconds: number): string {
  const sound = makeSound(seconds);
  const type = box('ftyp', Buffer.from('qt  '), u32(512), Buffer.from('qt  '));
  const frames = sound.byteLength / (CHANNELS * SAMPLE_BYTES);
  const movie = makeMovie(frames, type.byteLength + 8);
  return write(folder, name, Buffer.concat([type, box('mdat', sound), movie]));
}

function makeMovie(frames: number, soundOffset: number): Buffer {
  const matrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
  const entry = box(
    'sowt',
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
    u32(0, 0),
    Buffer.from([0, CHANNELS, 0, SAMPLE_BYTES * 8, 0, 0, 0, 0]),
    u32(SAMPLES_PER_SECOND * 0x1_0000),
  );
  const samples = box(
    'stbl',
    box('stsd', u32(0, 1), entry),
    box('stts', u32(0, 1, frames, 1)),
    box('stsc', u32(0, 1, 1, frames, 1)),
    box('stsz', u32(0, CHANNELS * SAMPLE_BYTES, frames)),
    box('stco', u32(0, 1, soundOffset)),
  );
  const reference = box('dref', u32(0, 1), box('url ', u32(1)));
  const media = box(
    'mdia',
    box('mdhd', u32(0, 0, 0, SAMPLES_PER_SECOND, frames, 0)),
    box('hdlr', u32(0, 0), Buffer.from('soun'), u32(0, 0, 0), Buffer.alloc(1)),
    box('minf', box('smhd', u32(0, 0)), box('dinf', reference), samples),
  );
  const track = box('tkhd', u32(1, 0, 0, 1, 0, frames, 0, 0, 0, 0x100_0000, ...matrix, 0, 0));
  const movie = u32(0, 0, 0, SAMPLES_PER_SECOND, frames, 0x1_0000, 0x100_0000, 0, 0, ...matrix);
  return box('moov', box('mvhd', movie, u32(0, 0, 0, 0, 0, 0, 2)), box('trak', track, media));
}

/** Quiet noise, so that no two stretches of it are the same. */
function makeSound(seconds: number): Buffer {
  const sound = Buffer.alloc(Math.floor(seconds) * SOUND_BYTES_PER_SECOND);
  let state = 1;
  for (let at = 0; at < sound.byteLength; at += SAMPLE_BYTES) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    sound.writeInt16LE((state >>> 22) - 512, at);
  }
  return sound;
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([u32(8 + content.byteLength), Buffer.from(type), content]);
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

function write(folder: string, name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
