import { defineTexts, phrase } from './catalogue.ts';

/** What is said around a file that is looked at. */
export const PREVIEW_TEXTS = defineTexts('preview', {
  play: 'Play',
  playFile: phrase('Play {name}'),
  look: 'Preview',
  lookAtFile: phrase('Preview {name}'),
  title: phrase('Preview of {name}'),
  close: 'Close preview',
  waiting: 'Fetching what is needed for this first…',
  cannotPlay:
    'This browser cannot play this kind of file. Save it and play it with another program.',
  cannotShow: 'This browser cannot show this picture. Save it and open it with another program.',
  brokenOff: 'The rest could not be read. Close this and play it again.',
  notText:
    'This is not plain text, so it is not shown here. Save it and open it with another program.',
  tooLarge: 'This picture is too large to be shown here. Save it and open it with another program.',
  saveFirst:
    'This browser cannot show it while it is being fetched. It can be opened once it is saved.',
  unreadable: 'It cannot be read at the moment. Close this and try again.',
  cut: 'This is its beginning. Save it to see the rest.',
  copyText: 'Copy text',
  textCopied: 'Text copied.',
  textSelected: 'The text could not be copied. It is selected: copy it with the keyboard.',
  linkHint: 'Opens in a new tab. Follow it only if you trust who sent you this.',
});
