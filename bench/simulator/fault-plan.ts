import type { Random } from '../../shared/swarm/random.ts';

interface HostFault<Type extends string> {
  readonly type: Type;
  /** Its place in the scenario; the sharer is 0. */
  readonly host: number;
  readonly atMs: number;
}

interface LastingHostFault<Type extends string> extends HostFault<Type> {
  readonly forMs: number;
}

/** One thing that goes wrong. */
export type Fault =
  /** Leaves and returns with what its store had committed. */
  | LastingHostFault<'leave'>
  /** The same without a word; and of what its store had committed some is gone, or no longer what it was. */
  | (LastingHostFault<'crash'> & { readonly tornPercent: number; readonly isAltered: boolean })
  /** Leaves for good, as soon as the others hold everything without it. */
  | HostFault<'depart'>
  | HostFault<'cut'>
  /** Of several connections to one peer one breaks, which is the end of all. */
  | HostFault<'break-strand'>
  /** One stays open and carries nothing more, until somebody gives up the connection. */
  | HostFault<'stall-strand'>
  /** Sends nothing for a while, though it is there. */
  | LastingHostFault<'freeze'>
  | (HostFault<'throttle'> & { readonly bytesPerSecond: number })
  /** The way to it is longer for a while: what was sent later on another way comes sooner. */
  | (LastingHostFault<'delay'> & { readonly addedMs: number })
  | (LastingHostFault<'lose-packets'> & { readonly lossRate: number })
  /** The store loses a piece, and says so, or it shows when somebody asks for it. */
  | (HostFault<'lose-piece'> & { readonly isSilent: boolean })
  /** No write succeeds for a while: the page stops at the first that fails. */
  | LastingHostFault<'fill-disk'>
  /** Gone without a word, as when a computer sleeps; returns with what its store had committed. */
  | LastingHostFault<'vanish'>
  /** A discarding volunteer throws so much away of what it holds. */
  | (HostFault<'discard'> & { readonly percent: number })
  /** A volunteer offers no more than that part of what it offered. */
  | (HostFault<'shrink'> & { readonly percent: number })
  /** The sharer asks for another number of copies. */
  | { readonly type: 'ask-for-copies'; readonly atMs: number; readonly copies: number }
  /** The tracker passes no signals on, so dials come to nothing. */
  | { readonly type: 'lose-signals'; readonly atMs: number; readonly forMs: number }
  /** No further connection to anybody comes about. */
  | { readonly type: 'lose-strands'; readonly atMs: number; readonly forMs: number }
  | { readonly type: 'restart-tracker'; readonly atMs: number; readonly forMs: number };

const MILD_FAULTS = [
  'leave',
  'crash',
  'depart',
  'cut',
  'cut',
  'freeze',
  'throttle',
  'lose-piece',
  'lose-piece',
  'restart-tracker',
] as const;

const HARSH_FAULTS = [
  ...MILD_FAULTS,
  'torn-crash',
  'torn-crash',
  'delay',
  'lose-packets',
  'lose-packets',
  'fill-disk',
  'lose-signals',
] as const;

/** Which faults are drawn from: the harsh ones add torn stores, full disks, bad lines and lost signals. */
export type Weather = 'mild' | 'harsh';

/** So many faults at random times before `endMs`, all of them over by then. */
export function drawFaults(
  count: number,
  hostCount: number,
  endMs: number,
  weather: Weather,
  random: Random,
): readonly Fault[] {
  const types = weather === 'mild' ? MILD_FAULTS : HARSH_FAULTS;
  return Array.from({ length: count }, () => drawFault(hostCount, endMs, types, random)).toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

function drawFault(
  hostCount: number,
  endMs: number,
  types: readonly (typeof HARSH_FAULTS)[number][],
  random: Random,
): Fault {
  const atMs = random.below(endMs);
  const forMs = random.below(endMs - atMs);
  const host = random.below(hostCount);
  const type = types[random.below(types.length)] ?? 'cut';
  switch (type) {
    case 'leave':
    case 'freeze':
    case 'fill-disk':
      return { type, host, atMs, forMs };
    case 'crash':
      return { type, host, atMs, forMs, tornPercent: 0, isAltered: false };
    case 'torn-crash': {
      const tornPercent = 1 + random.below(60);
      return { type: 'crash', host, atMs, forMs, tornPercent, isAltered: random.below(2) === 0 };
    }
    case 'depart':
      return { type, host: random.below(3) === 0 ? host : 0, atMs };
    case 'cut':
      return { type, host, atMs };
    case 'throttle':
      return { type, host, atMs, bytesPerSecond: 20_000 + random.below(100_000) };
    case 'delay':
      return { type, host, atMs, forMs, addedMs: 50 + random.below(1_500) };
    case 'lose-packets':
      return { type, host, atMs, forMs, lossRate: (1 + random.below(100)) / 1_000 };
    case 'lose-piece':
      return { type, host, atMs, isSilent: random.below(2) === 0 };
    case 'lose-signals':
    case 'restart-tracker':
      return { type, atMs, forMs: Math.min(forMs, 20_000) };
  }
}

/** So many times some of several connections break, and for a while further ones stay out. */
export function drawStrandFaults(
  count: number,
  hostCount: number,
  endMs: number,
  random: Random,
): readonly Fault[] {
  return Array.from({ length: count }, (): Fault => {
    const atMs = random.below(endMs);
    return random.below(4) === 0
      ? { type: 'lose-strands', atMs, forMs: random.below(endMs - atMs) }
      : { type: 'break-strand', host: random.below(hostCount), atMs };
  }).toSorted((a, b) => a.atMs - b.atMs);
}

/** So many times one of several connections stalls. */
export function drawStalls(
  count: number,
  hostCount: number,
  endMs: number,
  random: Random,
): readonly Fault[] {
  return Array.from({ length: count }, (): Fault => {
    const atMs = random.below(endMs);
    return { type: 'stall-strand', host: random.below(hostCount), atMs };
  }).toSorted((a, b) => a.atMs - b.atMs);
}
