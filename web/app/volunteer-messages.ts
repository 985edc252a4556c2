import type { VolunteerSettings, VolunteerState } from './app-state.ts';

/** What a person asked for in another tab than the one that keeps the pieces. */
export type VolunteerWish =
  | { readonly action: 'change'; readonly settings: VolunteerSettings }
  | { readonly action: 'forget' }
  /** A share of one's own has no room. */
  | { readonly action: 'yield' };

/** Between the tab that keeps pieces for others and the other tabs of the same browser. */
export type VolunteerMessage =
  | { readonly kind: 'look' }
  | { readonly kind: 'state'; readonly state: VolunteerState }
  | { readonly kind: 'wish'; readonly wish: VolunteerWish };

/** The version stands in the name, so that tabs of another one are not heard at all. */
export const VOLUNTEER_CHANNEL = 'peerify/volunteer/1';
export const VOLUNTEER_LOCK = 'peerify/volunteer';
