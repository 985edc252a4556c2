import type { Random } from '../../shared/swarm/random.ts';

/** One thing that goes wrong. Hosts are named by their place in the scenario; the sharer is 0. */
export type Fault =
  /** Leaves and returns with what its store had committed; after a crash the others learn of it late. */
  | {
      readonly type: 'leave' | 'crash';
      readonly host: number;
      readonly atMs: number;
      readonly forMs: number;
    }
  /** Leaves for good, as soon as the others hold everything without it. */
  | { readonly type: 'depart'; readonly host: number; readonly atMs: number }
  | { readonly type: 'cut'; readonly host: number; readonly atMs: number }
  /** Sends nothing for a while, though it is there. */
  | {
      readonly type: 'freeze';
      readonly host: number;
      readonly atMs: number;
      readonly forMs: number;
    }
  | {
      readonly type: 'throttle';
      readonly host: number;
      readonly atMs: number;
      readonly bytesPerSecond: number;
    }
  /** The store loses a piece, and says so, or it shows when somebody asks for it. */
  | {
      readonly type: 'lose-piece';
      readonly host: number;
      readonly atMs: number;
      readonly isSilent: boolean;
    }
  | { readonly type: 'restart-tracker'; readonly atMs: number; readonly forMs: number };

const FAULT_TYPES = [
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

/** So many faults at random times before `endMs`, all of them over by then. */
export function drawFaults(
  count: number,
  hostCount: number,
  endMs: number,
  random: Random,
): readonly Fault[] {
  return Array.from({ length: count }, () => drawFault(hostCount, endMs, random)).toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

function drawFault(hostCount: number, endMs: number, random: Random): Fault {
  const atMs = random.below(endMs);
  const forMs = random.below(endMs - atMs);
  const host = random.below(hostCount);
  const type = FAULT_TYPES[random.below(FAULT_TYPES.length)] ?? 'cut';
  switch (type) {
    case 'leave':
    case 'crash':
    case 'freeze':
      return { type, host, atMs, forMs };
    case 'depart':
      return { type, host: random.below(3) === 0 ? host : 0, atMs };
    case 'cut':
      return { type, host, atMs };
    case 'throttle':
      return { type, host, atMs, bytesPerSecond: 20_000 + random.below(100_000) };
    case 'lose-piece':
      return { type, host, atMs, isSilent: random.below(2) === 0 };
    case 'restart-tracker':
      return { type, atMs, forMs: Math.min(forMs, 20_000) };
  }
}
