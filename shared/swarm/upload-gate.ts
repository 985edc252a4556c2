import {
  LONG_WAIT_MS,
  MAX_BUSY_MS,
  MAX_GATE_WIDTH,
  MIN_BUSY_MS,
  MIN_CROWD,
  MIN_UPLOAD_QUEUE_BYTES,
  QUEUE_IN_A_CROWD,
  ROOM_FOR_NEWCOMERS,
  UPLOAD_QUEUE_MS,
} from './limits.ts';

const ROUND_MS = 1_000;
const MIN_ROUNDS_BETWEEN_TRIALS = 3;
const MAX_ROUNDS_BETWEEN_TRIALS = 64;
/** A trial makes the gate so much wider or narrower, and has shown something if so much more or less leaves. */
const TRIAL_STEP = 2;
const CLEAR_DIFFERENCE = 1.2;
/** Sooner than that nothing can be said of how fast bytes leave. */
const MIN_BUSY_TIME_MS = 10;

/** Who has waited long gets in though the gate is shut: one in as long as so many pieces take. */
const FAVOURED_SHARE = 4;

type Trial = 'wider' | 'narrower';

export interface Receiver {
  /** On their way to it, from the request to the network. */
  readonly loadBytes: number;
  /** Has nothing yet, and so nothing to give: its own uplink is idle. */
  readonly isNewcomer: boolean;
  /** It has been put off for so long. */
  readonly waitMs: number;
}

/**
 * Lets peers begin a piece or puts them off, so that no more is on its way than leaves in a moment. What waits here
 * counts as under way where it was asked for: others that get the piece meanwhile are not asked, and their uplinks
 * idle.
 *
 * Where losses hold back each connection the uplink may idle although a lot waits. So the gate is made wider now and
 * then, stays so if clearly more leaves, and is tried narrower later.
 */
export class UploadGate {
  #pendingBytes = 0;
  #recordedAtMs = 0;
  /** Of this round: how long something was pending, what left meanwhile, whether somebody was put off. */
  #busyMs = 0;
  #leftBytes = 0;
  #wasShut = false;
  #bytesPerMs: number | undefined;
  #lastAppointmentMs = 0;
  #nextFavourMs = 0;
  #width = 1;
  #isInCrowd = false;
  #trial: Trial | undefined;
  #nextTrial: Trial = 'wider';
  #roundsToWait = 0;
  #roundsBetweenTrials = MIN_ROUNDS_BETWEEN_TRIALS;
  #rateBefore = 0;

  /** The channels hold so much from now on. */
  recordPending(pendingBytes: number, nowMs: number): void {
    // A channel that is as good as empty may not say when it is.
    if (this.#pendingBytes > 0) this.#busyMs += Math.min(nowMs - this.#recordedAtMs, ROUND_MS);
    this.#recordedAtMs = nowMs;
    this.#pendingBytes = pendingBytes;
    if (this.#busyMs >= ROUND_MS) this.#endRound();
  }

  /** So many are connected. */
  recordNeighbours(count: number): void {
    this.#isInCrowd = count >= MIN_CROWD;
  }

  /** So much has left the channels. */
  recordLeft(leftBytes: number): void {
    this.#leftBytes += leftBytes;
  }

  /** Whether the receiver may begin a piece when so many bytes are on their way to each of the others. */
  mayBegin(
    receiver: Receiver,
    others: readonly number[],
    byteLength: number,
    nowMs: number,
  ): boolean {
    const { loadBytes, isNewcomer, waitMs } = receiver;
    const roomBytes = isNewcomer ? ROOM_FOR_NEWCOMERS * this.#limitBytes : this.#limitBytes;
    if (this.#sum([loadBytes, ...others]) < roomBytes) return true;
    this.#wasShut = true;
    if (waitMs < LONG_WAIT_MS || nowMs < this.#nextFavourMs) return false;
    this.#nextFavourMs = nowMs + (FAVOURED_SHARE * byteLength) / this.#leavingBytesPerMs;
    return true;
  }

  /** In how many milliseconds there is room for a piece of that length. Everybody is told another time. */
  appoint(loads: readonly number[], byteLength: number, nowMs: number): number {
    const bytesPerMs = this.#leavingBytesPerMs;
    const tooManyBytes = Math.max(0, this.#sum(loads) + byteLength - this.#limitBytes);
    const roomAtMs = nowMs + Math.min(tooManyBytes / bytesPerMs, MAX_BUSY_MS);
    const turnAtMs = this.#lastAppointmentMs + byteLength / bytesPerMs;
    const isTooLate = turnAtMs > nowMs + MAX_BUSY_MS;
    this.#lastAppointmentMs = isTooLate ? roomAtMs : Math.max(roomAtMs, turnAtMs);
    return Math.max(MIN_BUSY_MS, this.#lastAppointmentMs - nowMs);
  }

  /** One peer that asks for a lot at once does not keep the others out. */
  #sum(loads: readonly number[]): number {
    const limitOfOne = this.#limitBytes / 2;
    return loads.reduce((sum, bytes) => sum + Math.min(bytes, limitOfOne), 0);
  }

  get #rate(): number | undefined {
    if (this.#bytesPerMs !== undefined) return this.#bytesPerMs;
    return this.#busyMs < MIN_BUSY_TIME_MS ? undefined : this.#leftBytes / this.#busyMs;
  }

  get #leavingBytesPerMs(): number {
    return Math.max(1, this.#rate ?? this.#limitBytes / UPLOAD_QUEUE_MS);
  }

  get #limitBytes(): number {
    const queueBytes = Math.max(MIN_UPLOAD_QUEUE_BYTES, (this.#rate ?? 0) * UPLOAD_QUEUE_MS);
    const isHalved = this.#isInCrowd && this.#width === 1;
    return this.#width * queueBytes * (isHalved ? QUEUE_IN_A_CROWD : 1);
  }

  #endRound(): void {
    const rate = this.#leftBytes / this.#busyMs;
    this.#bytesPerMs = rate;
    this.#roundsToWait -= 1;
    if (this.#trial !== undefined) this.#judge(this.#trial, rate);
    else if (this.#wasShut && this.#roundsToWait <= 0) this.#try(this.#nextTrial, rate);
    this.#busyMs = 0;
    this.#leftBytes = 0;
    this.#wasShut = false;
  }

  #try(trial: Trial, rateBefore: number): void {
    this.#trial = trial;
    this.#rateBefore = rateBefore;
    this.#width *= trial === 'wider' ? TRIAL_STEP : 1 / TRIAL_STEP;
  }

  /** What has worked is tried again at once; what has not is undone, and then the other way is next. */
  #judge(trial: Trial, rate: number): void {
    this.#trial = undefined;
    const wasWider = trial === 'wider';
    const hasPaid = wasWider
      ? rate > this.#rateBefore * CLEAR_DIFFERENCE
      : rate * CLEAR_DIFFERENCE > this.#rateBefore;
    const isAtEnd = this.#width === (wasWider ? MAX_GATE_WIDTH : 1);
    if (hasPaid) this.#roundsBetweenTrials = MIN_ROUNDS_BETWEEN_TRIALS;
    if (hasPaid && !isAtEnd) return this.#try(trial, wasWider ? rate : this.#rateBefore);
    if (!hasPaid) this.#width *= wasWider ? 1 / TRIAL_STEP : TRIAL_STEP;
    const isWidest = this.#width === MAX_GATE_WIDTH;
    this.#nextTrial = isWidest || (wasWider && this.#width > 1) ? 'narrower' : 'wider';
    this.#roundsToWait = this.#roundsBetweenTrials;
    this.#roundsBetweenTrials = Math.min(2 * this.#roundsBetweenTrials, MAX_ROUNDS_BETWEEN_TRIALS);
  }
}
