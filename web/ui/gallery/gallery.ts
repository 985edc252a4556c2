import { mountPage } from '../mount.tsx';
import { MADE_UP_STATES } from './made-up-states.ts';

// The state to show is named in the address: ?state=downloading. Nothing here acts.
const name = new URLSearchParams(location.search).get('state') ?? 'start';
const state = MADE_UP_STATES[name];
const root = document.getElementById('app');
const doNothing = (): void => undefined;

if (root !== null && state !== undefined) {
  mountPage(root, {
    state: () => state,
    subscribe: () => doNothing,
    actions: {
      share: doNothing,
      open: doNothing,
      download: doNothing,
      pause: doNothing,
      resume: doNothing,
      save: doNothing,
      saveFile: doNothing,
      chooseAgain: doNothing,
      allowAgain: doNothing,
      forget: doNothing,
      setCopies: doNothing,
      volunteer: doNothing,
      forgetVolunteered: doNothing,
      copy: () => Promise.resolve(true),
      dismissNotice: doNothing,
    },
  });
}
