import type { SimulatedHost } from './simulated-host.ts';
import type { Step } from './invariants.ts';
import { CopyTruth } from './copy-truth.ts';
import { check } from './invariants.ts';
import { isVolunteer } from './scenario.ts';

/** What has to hold of copies after every step of any engine, liars' as well. */
export class CopyInvariants {
  readonly #sharer: SimulatedHost;
  readonly #truth: CopyTruth;
  /** How many copies of each piece the sharer's page says there are, if its tab may be closed now. */
  #promised: number | undefined;
  /** What each connection of the sharer has really shown. */
  readonly #shown = new Map<string, Set<number>>();

  constructor(sharer: SimulatedHost) {
    this.#sharer = sharer;
    this.#truth = new CopyTruth(sharer);
  }

  recordHoldings(host: SimulatedHost, noticedAfterMs: number): void {
    this.#truth.record(host, noticedAfterMs);
    if (host !== this.#sharer || host.isOnline) return;
    this.#promised = undefined;
    this.#shown.clear();
  }

  checkStep(step: Step): void {
    const { host } = step;
    if (host === this.#sharer) this.#hearSharer(step);
    this.#checkPromise(host.agenda.nowMs);
    checkDistrust(step);
    checkBudget(host);
  }

  #hearSharer({ host, event }: Step): void {
    const { copies } = host.snapshot();
    this.#promised = copies?.mayClose === true && host.isOnline ? copies.target : undefined;
    if (event.type === 'peer-disconnected') this.#shown.delete(event.peerId);
    if (event.type === 'peer-connected') this.#shown.set(event.peerId, new Set());
    if (event.type !== 'audit-answered') return;
    if (event.isTrue) this.#shown.get(event.peerId)?.add(event.piece);
    if (copies === undefined) return;
    for (const [piece, count] of copies.counts.entries()) {
      const shown = [...this.#shown.values()].filter((pieces) => pieces.has(piece)).length;
      check(count <= shown, `counts ${count} copies of ${piece}, and was shown ${shown}`);
    }
  }

  /** E21. "You can close this tab" is true. */
  #checkPromise(nowMs: number): void {
    if (this.#promised === undefined) return;
    const fromMs = this.#truth.lackingFromMs(this.#promised);
    const lateMs = Math.round(nowMs - fromMs);
    check(
      nowMs <= fromMs,
      `says that it may be closed, ${lateMs} ms after that could be known false`,
    );
  }
}

/** E21. Whoever holds what it claims is never said not to. */
function checkDistrust({ effects, network }: Step): void {
  for (const effect of effects) {
    if (effect.type !== 'distrust') continue;
    const accused = network.hostOf(effect.peerId);
    const isDishonest = accused?.isLiar === true || accused?.plan.role === 'discarding-volunteer';
    check(isDishonest, `distrusts host ${accused?.index}, which is honest`);
  }
}

/** T29, E23. Nobody keeps, or fetches, more than it offered. */
function checkBudget({ keeper, plan, isOnline }: SimulatedHost): void {
  if (keeper === undefined || !isOnline || !isVolunteer(plan)) return;
  const bytes = keeper.heldBytes + keeper.promisedBytes;
  const room = Math.max(keeper.budgetBytes, keeper.isMakingRoom ? Infinity : 0);
  check(bytes <= room, `keeps ${bytes} bytes and offered ${keeper.budgetBytes}`);
}
