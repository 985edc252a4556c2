import { MIN_PIECE_SIZE } from '../../shared/share/geometry.ts';
import { Volunteer } from './volunteer.ts';

/** Every volunteer, and those among them that can be asked for something now. */
export class VolunteerPool {
  readonly #byPeer = new Map<string, Volunteer>();
  /** In no order, so that one can be taken out by moving the last into its place. */
  readonly #askable: Volunteer[] = [];
  readonly #resting = new Set<Volunteer>();

  get size(): number {
    return this.#byPeer.size;
  }

  get askableCount(): number {
    return this.#askable.length;
  }

  all(): Iterable<Volunteer> {
    return this.#byPeer.values();
  }

  get(peerId: string): Volunteer | undefined {
    return this.#byPeer.get(peerId);
  }

  enter(peerId: string): Volunteer {
    const volunteer = this.#byPeer.get(peerId) ?? new Volunteer(peerId);
    this.#byPeer.set(peerId, volunteer);
    return volunteer;
  }

  remove(volunteer: Volunteer): void {
    this.#byPeer.delete(volunteer.peerId);
    this.#resting.delete(volunteer);
    this.#exclude(volunteer);
  }

  rest(volunteer: Volunteer, untilMs: number): void {
    volunteer.restsUntilMs = untilMs;
    this.#resting.add(volunteer);
    this.update(volunteer);
  }

  /** Whoever has rested can be asked again. Returns whether there is one. */
  wake(nowMs: number): boolean {
    let isAnyAwake = false;
    for (const volunteer of this.#resting) {
      if (volunteer.restsUntilMs > nowMs) continue;
      this.#resting.delete(volunteer);
      if (this.update(volunteer)) isAnyAwake = true;
    }
    return isAnyAwake;
  }

  /** To be called after every change of a volunteer. Returns whether it can be asked now and could not before. */
  update(volunteer: Volunteer): boolean {
    const wasAskable = volunteer.position >= 0;
    const isAskable =
      this.#byPeer.get(volunteer.peerId) === volunteer &&
      !this.#resting.has(volunteer) &&
      !volunteer.isBusy &&
      volunteer.roomBytes > MIN_PIECE_SIZE;
    if (wasAskable === isAskable) return false;
    if (isAskable) volunteer.position = this.#askable.push(volunteer) - 1;
    else this.#exclude(volunteer);
    return isAskable;
  }

  /** Up to so many of those that can be asked: the first steps of a Fisher-Yates shuffle, in place. */
  sample(count: number, random: () => number): Volunteer[] {
    const size = Math.min(count, this.#askable.length);
    for (let i = 0; i < size; i += 1) {
      this.#swap(i, i + Math.floor(random() * (this.#askable.length - i)));
    }
    return this.#askable.slice(0, size);
  }

  #swap(i: number, j: number): void {
    const [a, b] = [this.#askable[i], this.#askable[j]];
    if (a === undefined || b === undefined) return;
    this.#put(a, j);
    this.#put(b, i);
  }

  #put(volunteer: Volunteer, position: number): void {
    this.#askable[position] = volunteer;
    volunteer.position = position;
  }

  #exclude(volunteer: Volunteer): void {
    const { position } = volunteer;
    if (position < 0) return;
    const last = this.#askable.pop();
    if (last !== undefined && last !== volunteer) this.#put(last, position);
    volunteer.position = -1;
  }
}
