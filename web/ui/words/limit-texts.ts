import { defineTexts, plural } from './catalogue.ts';

/** What is said of the number of downloads after which a sharer has a share end. `{when}` is such as "in 3 hours". */
export const LIMIT_TEXTS = defineTexts('limit', {
  after: plural({
    one: 'This share ends after {count} download',
    other: 'This share ends after {count} downloads',
  }),
  orAfter: plural({
    one: 'This share ends {when}, or after {count} download',
    other: 'This share ends {when}, or after {count} downloads',
  }),
  label: 'Downloads at most',
  any: 'any',
  meaning:
    'Counted from this choice on: who began to download and has all of it now. Who takes only some files, or gets it while this tab is closed, is not counted. Who is still downloading when it ends gets only what connected peers have.',
});
