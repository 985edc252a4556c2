import { lookAtMadeUp } from './details-states.ts';
import { mountPage } from '../mount.tsx';
import { LanguageChoice } from '../words/language-choice.ts';
import { MADE_UP_STATES } from './made-up-states.ts';

// State and language to show are named in the address: ?state=downloading&language=ar. Nothing here acts.
const parameters = new URLSearchParams(location.search);
const name = parameters.get('state') ?? 'start';
const state = MADE_UP_STATES[name];
const root = document.getElementById('app');
const languages = new LanguageChoice(parameters.getAll('language'), {
  read: () => undefined,
  write: () => undefined,
});
// No phone reads it: the real one is drawn by a library that views do not know.
const MADE_UP_CODE = {
  size: 37,
  path: 'M0 0h7v7H0zM30 0h7v7h-7zM0 30h7v7H0zM12 4h14v9H12zM9 17h22v10H9z',
};
const doNothing = (): void => undefined;

if (root !== null && state !== undefined) {
  const app = {
    state: () => state,
    subscribe: () => doNothing,
    actions: {
      share: doNothing,
      setNextPassword: doNothing,
      open: doNothing,
      unlock: doNothing,
      setEnd: doNothing,
      download: doNothing,
      chooseFiles: doNothing,
      want: doNothing,
      saveFiles: doNothing,
      saveTo: doNothing,
      pause: doNothing,
      resume: doNothing,
      save: doNothing,
      saveFile: doNothing,
      openPreview: doNothing,
      closePreview: doNothing,
      chooseAgain: doNothing,
      allowAgain: doNothing,
      forget: doNothing,
      setCopies: doNothing,
      look: lookAtMadeUp,
      setDetails: doNothing,
      setDoneNotices: doNothing,
      volunteer: doNothing,
      setRates: doNothing,
      setRelayOnly: doNothing,
      forgetVolunteered: doNothing,
      copy: () => Promise.resolve(true),
      passOn: doNothing,
      drawQrCode: () => Promise.resolve(MADE_UP_CODE),
      dismissNotice: doNothing,
      answerOffer: doNothing,
      install: doNothing,
      clearFinished: doNothing,
      clearAll: doNothing,
    },
  };
  await mountPage(root, app, languages);
}
