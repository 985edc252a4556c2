import type { RefusalCode } from '../../shared/tracker/refusal.ts';

/** What holds a client back; the limits are in gateway-limits.ts and address-limits.ts. */
export type Limit =
  | 'origin'
  | 'all-sockets'
  | 'open-sockets'
  | 'new-connections'
  | 'unknown-shares'
  | 'relay-grants'
  | 'ends'
  | 'messages'
  | 'signals'
  | 'received-signals'
  | 'waiting-messages'
  | 'overruns'
  | 'unknown-events'
  | 'unread-messages'
  | 'half-sent-messages'
  | 'frames';

export type CountedEvent =
  | 'announce'
  | 'find'
  | 'signal'
  | 'relay'
  | 'leave'
  | 'volunteer'
  | 'unload'
  | 'decline'
  | 'distrust'
  | 'end'
  | 'unknown';

/** Counts what happens, by kinds known beforehand: never by address, swarm or peer. */
export interface Tally {
  recordMessage: (event: CountedEvent) => void;
  recordRefusal: (code: RefusalCode) => void;
  recordLimit: (limit: Limit) => void;
}
