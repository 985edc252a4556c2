import type { Replication } from './replication.ts';
import type { Volunteer } from './volunteer.ts';

/** Counts only. */
export interface CopyCounts {
  /** Shares that ask for copies. */
  readonly targets: number;
  readonly volunteers: number;
  readonly promisedPieces: number;
  readonly promisedBytes: number;
  /** What volunteers have announced. */
  readonly volunteerPieces: number;
  readonly volunteerBytes: number;
}

export function countCopies(
  replications: Iterable<Replication>,
  volunteers: Iterable<Volunteer>,
): CopyCounts {
  const all = [...volunteers];
  const sum = (count: (volunteer: Volunteer) => number): number =>
    all.reduce((total, volunteer) => total + count(volunteer), 0);
  return {
    targets: [...replications].filter(({ wanted }) => wanted > 0).length,
    volunteers: all.length,
    promisedPieces: sum(({ promisedPieces }) => promisedPieces),
    promisedBytes: sum(({ promisedBytes }) => promisedBytes),
    volunteerPieces: sum(({ heldPieces }) => heldPieces),
    volunteerBytes: sum(({ heldBytes }) => heldBytes),
  };
}
