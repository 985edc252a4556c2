import type { App, Problem } from './app-state.ts';

function ignore(): void {}

/** The page where nothing can work: it says why, and half-works at nothing. */
export function createUnsupportedApp(problem: Problem): App {
  return {
    state: () => ({
      environment: { kind: 'unsupported', problem },
      tracker: 'connecting',
      cards: [],
      notice: undefined,
      volunteering: undefined,
    }),
    subscribe: () => ignore,
    actions: {
      share: ignore,
      open: ignore,
      download: ignore,
      pause: ignore,
      resume: ignore,
      save: ignore,
      saveFile: ignore,
      chooseAgain: ignore,
      allowAgain: ignore,
      forget: ignore,
      setCopies: ignore,
      volunteer: ignore,
      forgetVolunteered: ignore,
      copy: () => Promise.resolve(false),
      dismissNotice: ignore,
    },
  };
}
