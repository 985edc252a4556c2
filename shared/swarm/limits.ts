const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes requested from one peer and not yet arrived. */
export const INITIAL_WINDOW_BYTES = 64 * KIB;
export const MAX_WINDOW_BYTES = 8 * MIB;
/**
 * How much queueing a window aims for beyond the shortest response time, and how many bytes at most. Chromium drops
 * what SCTP sends at once past 64 KiB, and after a burst of losses SCTP waits for one timeout after the other.
 */
export const TARGET_QUEUE_MS = 60;
export const MAX_TARGET_QUEUE_BYTES = 384 * KIB;

/** What may be on its way to all peers before further pieces are put off: at least this, and so long at the present rate. */
export const MIN_UPLOAD_QUEUE_BYTES = 128 * KIB;
export const UPLOAD_QUEUE_MS = 120;
/** So much of that where many take turns: what waits longer could have come from others meanwhile. */
export const QUEUE_IN_A_CROWD = 1 / 2;
/** So much more than that for whoever has nothing yet, and was sent less than so many pieces. */
export const ROOM_FOR_NEWCOMERS = 2;
export const MAX_NEWCOMER_PIECES = 2;
/** So much more at most where it makes more leave. */
export const MAX_GATE_WIDTH = 16;
/** What waits for a receiver that took nothing for so long keeps nobody else from beginning. */
export const UNMOVED_MS = 1_000;
/** Nobody is put off for longer at a time, and nobody comes again sooner. */
export const MAX_BUSY_MS = 500;
export const MIN_BUSY_MS = 10;
/** Who was put off for so long gets in all the same. */
export const LONG_WAIT_MS = 5_000;

/** Requests of one peer that wait here; one more is rejected. Covers the largest window in the smallest blocks. */
export const MAX_QUEUED_REQUESTS = 512;
/**
 * Requests before the time told, with nothing begun between them, before the peer is disconnected: twice as many as can
 * be on their way when it is told.
 */
export const MAX_EARLY_REQUESTS = 2 * MAX_QUEUED_REQUESTS;
/** Requests past the limit, or of what we lack, that a peer may make before it is disconnected. */
export const MAX_EXCESS_REQUESTS = 1024;

/**
 * Bytes of pieces that are read for one peer ahead of being sent: as many as it is sent, so many beyond that, and a few
 * more each second for what it cancels. Beyond that a piece is read when its turn comes.
 */
export const MAX_PREPARED_BYTES = 32 * MIB;
export const PREPARED_BYTES_PER_SECOND = 2 * MIB;

/** Bytes handed to one channel and not yet passed on to the network. */
export const MIN_SEND_MARK_BYTES = 128 * KIB;
export const MAX_SEND_MARK_BYTES = 1 * MIB;
/** A control frame never waits behind more than this much data. */
export const SEND_MARK_MS = 250;
/** The same, over all channels together. */
export const MAX_SEND_BUDGET_BYTES = 4 * MIB;
/**
 * A full channel that did not move for so long is stalled, and counts for no more than the smallest mark: even if all
 * connections but one are stalled, there is budget for that one. Each is still bounded by its own mark.
 */
export const STALLED_CHANNEL_MS = 5_000;

/** A receiver whose full channel did not move for so long is gone. Slow is not gone. */
export const UNREAD_TIMEOUT_MS = 120_000;

/** What one peer may send beyond all that it was ever asked for: far more than any mistake would bring. */
export const MAX_UNASKED_BYTES = 4 * MIB;

/** Pieces being put together in memory, over all peers. */
export const MAX_ASSEMBLY_BYTES = 64 * MIB;
/** Pieces that have come and whose write has not committed; requests pause above it. */
export const MAX_UNCOMMITTED_BYTES = 64 * MIB;

/** A source is snubbed when nothing came for so long: before its first block, and after (or 4 response times). */
export const FIRST_BLOCK_TIMEOUT_MS = 10_000;
export const MIN_STALL_TIMEOUT_MS = 1_500;
/**
 * A snubbed source that stays silent is disconnected. Others have taken over from it by then, and a slow uplink with
 * many receivers takes long over each block: to give up sooner would throw away what it has sent, again and again.
 */
export const DEAD_SOURCE_TIMEOUT_MS = 120_000;
/** The same after the host stood still, where connections often are dead without either end knowing. */
export const WAKING_PATIENCE_MS = 8_000;

/** Connections between two peers; and those beyond the first that a share may have in all, over all its peers. */
export const MAX_STRANDS = 4;
export const MAX_FURTHER_STRANDS = 12;
/** What one connection may bring: offers that are answered, and signals that wait until they can be looked at. */
export const MAX_STRAND_OFFERS = 8;
export const MAX_WAITING_STRAND_SIGNALS = 64;
/** A strand that is not open by then is given up. */
export const STRAND_TIMEOUT_MS = 20_000;
/** With more peers than that, others' uplinks fill what one leaves idle, and more connections to one take from others. */
export const MAX_FEW_PEERS = 2;
/** A trial of more strands measures so long, and so many blocks where that does not take too long, and has to gain so much. */
export const STRAND_TRIAL_MS = 3_000;
export const STRAND_TRIAL_BLOCKS = 16;
export const MAX_STRAND_TRIAL_MS = 15_000;
export const STRAND_SETTLE_MS = 1_000;
export const STRAND_GAIN = 1.15;
/** After a trial in vain, and twice that after each further one. */
export const STRAND_REST_MS = 10_000;
/** A browser whose connections ended so often while there were several gets one at a time. */
export const MAX_BROKEN_STRANDS = 2;
export const MAX_KNOWN_BROKEN = 64;
/** A way that carries so much is not held back by a window. */
export const FAST_BYTES_PER_MS = 8_000;

export const MAX_CONNECTIONS = 30;
/** Of them with volunteers, where we are none ourselves. */
export const MAX_VOLUNTEERS = 24;
/** Connections a leecher goes and looks for; more may come in by themselves. */
export const WANTED_CONNECTIONS = 20;
export const MAX_DIALS_AT_ONCE = 10;
/** Browsers free closed connections late, and refuse new ones past a limit of their own. */
export const MAX_DIALS_PER_MINUTE = 60;
/** Offers that are answered, of members, of strangers (who have the public keys alone), and of any one peer (S10). */
export const ANSWERS_TO_MEMBERS = { burst: 60, perSecond: 40 / 60 };
export const ANSWERS_TO_STRANGERS = { burst: 30, perSecond: 20 / 60 };
export const ANSWERS_TO_ONE = { burst: 6, perSecond: 12 / 60 };
export const DIAL_TIMEOUT_MS = 20_000;
export const MAX_KNOWN_PEERS = 200;
/** Names under which one browser was found while connected: those before mean nothing by then. */
export const MAX_OTHER_NAMES = 16;
/** Browsers whose download is remembered, so that it is counted once. */
export const MAX_COUNTED_BROWSERS = 4096;

/** Bitfields one peer may send on one connection: one to begin with, and a few on leaving super-seeding. */
export const MAX_BITFIELD_MESSAGES = 4;
export const MAX_GAINED_RANGES = 256;
export const ANNOUNCE_DELAY_MS = 1_000;

export const RANDOM_FIRST_PIECES = 4;
/** So many missing pieces of a focus are looked at for each request; more would take time and change nothing. */
export const MAX_FOCUSED_PIECES = 256;
/** Whoever has nothing asks for one piece at a time, of a source that was not silent for longer. */
export const FIRST_PIECE_PATIENCE_MS = 300;

/** A neighbour that holds a piece hears so much later, at most, that we hold it too. */
export const MAX_UNTOLD_MS = 500;

/** Below so many pieces a share is too small for super-seeding to gain anything. */
export const MIN_SUPER_SEEDING_PIECES = 16;
/**
 * Super-seeding lets a peer see so much ahead of what it holds: at least this, and a second's worth of upload. More
 * would only queue at an uplink that thirty peers share, and nobody could pass anything on meanwhile.
 */
export const MIN_REVEALED_PIECES = 2;
/** Of large pieces fewer than that, down to one. */
export const MIN_REVEALED_BYTES = 1 * MIB;
export const REVEALED_AHEAD_MS = 1_000;
/** Super-seeding reveals neighbours one after the other, so much of the stream at a time: a file is read faster so. */
export const REVEALED_RUN_BYTES = 4 * MIB;
/** A piece promised to one peer that did not take it in so long may be promised to another. */
export const PROMISE_TIMEOUT_MS = 3_000;
/**
 * A promise runs out after so many turns, even to a peer that keeps its channel busy with other things. A turn is
 * PROMISE_TIMEOUT_MS and the time in which every waiting peer is served one block. Eight blocks are revealed at once
 * to a slow peer, of pieces up to 1 MiB, so one that takes a block each turn has them all in time.
 */
export const MAX_PROMISE_TURNS = 10;
/** A piece that so many were promised, one after the other, is shown to everybody who may be shown more. */
export const MAX_PROMISES = 3;

/** So many neighbours are a crowd: there is always another to give or to take. Among fewer each is missed. */
export const MIN_CROWD = 16;
/** A sharer in a crowd holds back when it has sent so many copies. */
export const ENOUGH_COPIES_SENT = 1.05;
/** And has sent less than this part of what they gained. */
export const LITTLE_SHARE = 1 / 16;

/** How many pieces one peer, and all together, are asked to show at once, and how fast: reading them costs both ends. */
export const MAX_AUDITS_OF_PEER = 4;
export const MAX_AUDITS = 16;
export const AUDITED_BYTES_PER_SECOND = 16 * MIB;
/** Who does not answer in time does not count; three times in a row, though it goes on talking, and it never will. */
export const AUDIT_TIMEOUT_MS = 5_000;
export const MAX_UNANSWERED_AUDITS = 3;
/**
 * A holder that has shown what is wanted shows something again so often; to volunteers so many times less often. Who did
 * not answer is left alone for so long: else a few that never answer would be asked all the time, and nobody else.
 */
export const ROUTINE_AUDIT_MS = 15_000;
/** Who has shown nothing for so long does not count, even if it could not be asked. */
export const MAX_UNSHOWN_MS = ROUTINE_AUDIT_MS + AUDIT_TIMEOUT_MS;
/** Who has shown nothing in time for so long is no holder that the tracker should count on. */
export const MAX_LATE_MS = 120_000;
export const VOLUNTEER_AUDIT_PACE = 100;

/** Connections that a volunteer looks for: it takes part in many swarms. */
export const WANTED_BY_VOLUNTEER = 8;
/** One connection of a volunteer is sent no more than so many times the stream. */
export const MAX_STREAMS_TO_VOLUNTEER = 2;

/** Audits of one peer that wait here, and bytes of pieces that are read to answer them; what goes beyond is ignored. */
export const MAX_WAITING_AUDITS = 8;
export const SHOWN_BYTES_PER_SECOND = 32 * MIB;
export const MAX_SHOWN_BURST_BYTES = 64 * MIB;

/** How often silence is looked for. With nobody connected there is nothing to watch over but the next question to the tracker. */
export const TICK_MS = 500;
export const IDLE_TICK_MS = 5_000;
