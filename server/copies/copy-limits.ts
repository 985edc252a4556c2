const KIB = 1024;
const MIB = 1024 * KIB;

/** What a volunteer is told to fetch at a time: so much of one share, or one piece. */
export const MAX_BATCH_BYTES = 8 * MIB;
export const MAX_BATCH_PIECES = 32;
/** What one volunteer has under way: the second is there when the first is done. */
export const BATCHES_PER_VOLUNTEER = 2;
/** What one share has under way: a sharer has connections for about so many volunteers. */
export const BATCHES_PER_SHARE = 16;
/** A share that so many volunteers keep asks these first, for they are connected. */
export const SPREAD = 16;
/** Volunteers looked at for one batch, so that the work is the same among thousands. */
export const SAMPLE_SIZE = 8;

/** Time to find the peers of a share and to connect. */
export const START_MS = 30_000;
/** The slowest that a volunteer may fetch, in bytes a second. */
export const SLOWEST_RATE = 32 * KIB;
/** Who missed a deadline is asked for nothing during this time. */
export const BACK_OFF_MS = 60_000;

/** A share for which nobody could be asked is planned anew so often, whatever changed. */
export const TRY_AGAIN_MS = 10_000;
/** Pieces looked at in one round of planning, so that it never holds up a message for long. */
export const PIECES_PER_ROUND = 262_144;
/** All counts of copies together; they are on top of the registry's books. */
export const MAX_COUNT_BYTES = 128 * MIB;
/** Names that one share, or one volunteer, is remembered to have been at odds with; the oldest is forgotten. */
export const MAX_REMEMBERED = 1000;
