import type { Bytes } from '../../shared/share/bytes.ts';
import type { StreamSource } from './stream-source.ts';

/** Read at once where a stream is read in order: a browser spends as much on one read as on a megabyte. */
const REGION_BYTES = 4 * 1024 * 1024;
const MAX_REGIONS = 2;
/** So many readers may take turns. */
const MEMORY_READS = 8;

/**
 * Reads one behind the other share one read of the file: where the second begins, the whole region is taken. Scattered
 * reads stay as small as they are.
 */
export class ReadAheadSource implements StreamSource {
  readonly streamLength: number;
  readonly #source: StreamSource;
  /** By number, least recently used first. */
  readonly #regions = new Map<number, Promise<Bytes>>();
  /** Where the last reads ended. */
  #ends: number[] = [];

  constructor(source: StreamSource) {
    this.#source = source;
    this.streamLength = source.streamLength;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    const region = Math.floor(offset / REGION_BYTES);
    const isWithin = offset + length <= Math.min((region + 1) * REGION_BYTES, this.streamLength);
    if (!isWithin || length > REGION_BYTES / 2) return this.#source.read(offset, length);
    const isInOrder = this.#ends.includes(offset);
    this.#ends = [...this.#ends, offset + length].slice(-MEMORY_READS);
    if (!isInOrder && !this.#regions.has(region)) return this.#source.read(offset, length);
    const bytes = await this.#readRegion(region);
    const start = offset - region * REGION_BYTES;
    return bytes.subarray(start, start + length);
  }

  #readRegion(region: number): Promise<Bytes> {
    const start = region * REGION_BYTES;
    const length = Math.min(REGION_BYTES, this.streamLength - start);
    const reading = this.#regions.get(region) ?? this.#source.read(start, length);
    this.#regions.delete(region);
    this.#regions.set(region, reading);
    reading.catch(() => this.#regions.delete(region));
    for (const oldest of this.#regions.keys()) {
      if (this.#regions.size <= MAX_REGIONS) break;
      this.#regions.delete(oldest);
    }
    return reading;
  }
}
