import type { TransportHost } from '../../shared/swarm/transport-ends.test-helper.ts';
import { closeAll, createPair, join } from '../../shared/swarm/transport-ends.test-helper.ts';

/** What is left of our end where the other one opened channels of its own. */
export interface Leftovers {
  readonly hasClosedItself: boolean;
  readonly runningIntervals: number;
}

/** Our ends' connections, for as long as something holds them. */
const kept: WeakRef<RTCPeerConnection>[] = [];

/** Connects to a stranger that opens two channels in band as soon as it can. */
export async function meetStranger(
  host: TransportHost,
  strangerEnd: 'initiator' | 'responder',
): Promise<Leftovers> {
  const intervals = watchIntervals();
  const connections = watchConnections();
  const [initiator, responder] = await createPair(host);
  const [stranger, ours] =
    strangerEnd === 'initiator' ? [initiator, responder] : [responder, initiator];
  const [offering, answering] = connections.restore();
  const [strange, own] =
    strangerEnd === 'initiator' ? [offering, answering] : [answering, offering];
  if (strange === undefined || own === undefined) throw new Error('two connections were made');
  kept.push(new WeakRef(own));
  const channels = ['one', 'two'].map((label) => strange.createDataChannel(label));
  join(stranger, ours);
  await Promise.race([
    ours.until(() => ours.count('close') > 0),
    Promise.all(channels.map((channel) => untilOpen(channel))).then(host.settle),
  ]);
  const hasClosedItself = ours.count('close') > 0;
  closeAll(stranger, ours);
  await host.settle();
  return { hasClosedItself, runningIntervals: intervals.restore() };
}

/** How many connections of ours that met a stranger are not collected. */
export function countKept(): number {
  return kept.filter((reference) => reference.deref() !== undefined).length;
}

function untilOpen(channel: RTCDataChannel): Promise<unknown> {
  return new Promise((resolve) => channel.addEventListener('open', resolve));
}

function watchConnections() {
  const made: RTCPeerConnection[] = [];
  const { RTCPeerConnection } = window;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
  return {
    /** Returns those that were made. */
    restore: () => {
      window.RTCPeerConnection = RTCPeerConnection;
      return made.splice(0);
    },
  };
}

function watchIntervals() {
  const running = new Set<unknown>();
  const setInterval = window.setInterval.bind(window);
  const clearInterval = window.clearInterval.bind(window);
  window.setInterval = new Proxy(setInterval, {
    apply(target, self, args) {
      const interval: unknown = Reflect.apply(target, self, args);
      running.add(interval);
      return interval;
    },
  });
  window.clearInterval = new Proxy(clearInterval, {
    apply(target, self, args: unknown[]) {
      running.delete(args[0]);
      Reflect.apply(target, self, args);
    },
  });
  return {
    /** Returns how many of those begun meanwhile were not ended. */
    restore: () => {
      Object.assign(window, { setInterval, clearInterval });
      return running.size;
    },
  };
}
