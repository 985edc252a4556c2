import { defineTexts, phrase } from './catalogue.ts';

/** The ways to hand a share on. */
export const LINK_TEXTS = defineTexts('link', {
  copiedAlready: 'Link copied',
  passOn: 'Share…',
  code: 'QR code',
  codeOf: phrase('QR code of the link to {name}'),
  codeHint: 'Scan it with a phone’s camera. It holds the whole link, key included.',
});

/** Where a text is written to be shared. */
export const WRITE_TEXTS = defineTexts('write', {
  label: 'Text or link to share',
  share: 'Share this text',
  close: 'Close',
});
