import type { Bytes } from '../../shared/share/bytes.ts';
import type { StreamSource } from './stream-source.ts';

/** Read at once where neighbours are wanted. A browser takes about as long to open a file as to read this much of it. */
const REGION_BYTES = 1024 * 1024;
const MAX_REGIONS = 4;
/** A read this many reads ago still makes its neighbours likely. */
const MEMORY_READS = 8;

/**
 * Reads of neighbouring pieces share one read of the file: the second read in a region within a few takes the whole
 * region. Scattered reads stay as small as they are.
 */
export class ReadAheadSource implements StreamSource {
  readonly streamLength: number;
  readonly #source: StreamSource;
  /** By number, least recently used first. */
  readonly #regions = new Map<number, Promise<Bytes>>();
  #lastReads: number[] = [];

  constructor(source: StreamSource) {
    this.#source = source;
    this.streamLength = source.streamLength;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    const region = Math.floor(offset / REGION_BYTES);
    const isWithin = offset + length <= Math.min((region + 1) * REGION_BYTES, this.streamLength);
    if (!isWithin || length > REGION_BYTES / 2) return this.#source.read(offset, length);
    const isLikelyNext = this.#lastReads.includes(region);
    this.#lastReads = [...this.#lastReads, region].slice(-MEMORY_READS);
    if (!isLikelyNext && !this.#regions.has(region)) return this.#source.read(offset, length);
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
