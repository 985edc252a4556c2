import { defineTexts, phrase, plural } from './catalogue.ts';

/** Whether the sharer's tab may be closed, and why. */
export const COPIES_TEXTS = defineTexts('copies', {
  stay: 'Keep this tab open',
  close: 'You can close this tab',
  safe: 'Safe without this tab',
  noFullCopy: 'No full copy besides yours yet',
  fullCopies: plural({
    one: '{count} full copy besides yours',
    other: '{count} full copies besides yours',
  }),
  nobody: 'Nobody else is here yet. Once somebody takes copies, you see here when you may leave.',
  lackingAny: phrase('{lacking} of {total} still have no copy elsewhere'),
  lacking: plural({
    one: '{lacking} of {total} still have fewer than {count} copy elsewhere',
    other: '{lacking} of {total} still have fewer than {count} copies elsewhere',
  }),
  lackingFor: phrase('{lack}, {duration}.'),
  lackingLong: phrase('{lack}. Waiting for somebody who has room.'),
  enough: 'The link works on without you while those who hold it are online.',
  neededFor: phrase('This tab is still needed for “{name}”.'),
  row: phrase('Copy {number}'),
  rowPart: phrase('copy {number}: {percent} held by others'),
  picture: phrase('Who else holds the pieces: {rows}'),
  target: 'Copies wanted elsewhere',
});
