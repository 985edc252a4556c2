import type { SwarmEffect } from '../../shared/swarm/swarm-events.ts';
import type { PageLife } from './page-life.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { computeClaim } from './host-claims.ts';
import { computeSwarmRole, isVolunteer } from './scenario.ts';

type TrackerEffect = Extract<
  SwarmEffect,
  { type: 'find' | 'announce' | 'announce-gained' | 'distrust' }
>;

/** What one host's engine has the tracker told and asked. */
export class TrackerWords {
  readonly #host: SimulatedHost;
  readonly #network: SimulatedNetwork;
  readonly #life: PageLife;

  constructor(host: SimulatedHost, network: SimulatedNetwork, life: PageLife) {
    this.#host = host;
    this.#network = network;
    this.#life = life;
  }

  carryOut(effect: TrackerEffect): void {
    const host = this.#host;
    const { tracker } = this.#network;
    const { plan } = host;
    const onRefused = this.#life.guard(() => host.tell({ type: 'announce-refused' }));
    switch (effect.type) {
      case 'find':
        tracker.find(
          host,
          this.#life.guard((peers) => host.tell({ type: 'peers-found', peers })),
        );
        return;
      case 'announce': {
        const bits = computeClaim(plan.role, host.held).toBytes();
        const part = { role: computeSwarmRole(plan), holderId: `browser-${host.index}` };
        tracker.announce(host, { bits, part, target: host.target }, onRefused);
        return;
      }
      case 'announce-gained':
        if (plan.role !== 'free-rider') tracker.announceGained(host, effect.ranges, onRefused);
        return;
      case 'distrust': {
        const isSharer = plan.role === 'sharer';
        const accuser = { peerId: host.peerId, address: computeAddress(host), isSharer };
        tracker.distrust(accuser, effect.peerId);
        return;
      }
    }
  }

  /** A liar says of everybody it is connected to that it holds nothing. */
  slander(): void {
    const { peerId, sessions } = this.#host;
    const accuser = { peerId, address: computeAddress(this.#host), isSharer: false };
    for (const accused of sessions.keys()) this.#network.tracker.distrust(accuser, accused);
  }
}

/** Whoever lies is behind one address: two would be enough to take weight from the honest (T32). */
function computeAddress({ index, isLiar, plan }: SimulatedHost): string {
  return isVolunteer(plan) && isLiar ? 'liars' : `address-${index}`;
}
