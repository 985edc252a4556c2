import type { CrowdOptions } from './load-crowd.ts';
import { Crowd } from './load-crowd.ts';
import type { MessageReport } from './message-log.ts';

/** A process of its own that plays peers, and does what it is told one thing after the other. */
export type ClientOrder =
  | { readonly kind: 'prepare'; readonly options: CrowdOptions }
  | { readonly kind: 'connect'; readonly count?: number }
  | { readonly kind: 'announce' }
  | { readonly kind: 'load'; readonly seconds: number }
  | { readonly kind: 'flood'; readonly perPeer: number }
  | { readonly kind: 'leave' };

let crowd: Crowd | undefined;

async function obey(order: ClientOrder): Promise<MessageReport | undefined> {
  switch (order.kind) {
    case 'prepare':
      crowd = new Crowd(order.options);
      return undefined;
    case 'connect':
      return crowd?.connect(order.count);
    case 'announce':
      return crowd?.announce();
    case 'load':
      return crowd?.load(order.seconds);
    case 'flood':
      return crowd?.flood(order.perPeer);
    case 'leave':
      return crowd?.leave();
  }
}

process.on('message', (order: ClientOrder) => {
  void obey(order).then((report) => process.send?.(report ?? null));
});
process.once('SIGTERM', () => process.exit(0));
