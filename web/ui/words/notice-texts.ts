import { defineTexts } from './catalogue.ts';

/** What a person is told who looks elsewhere. Others may see it too: it names nothing. */
export const NOTICE_TEXTS = defineTexts('notices', {
  offer: 'Tell me when it is done',
  refused: 'Your browser does not let this page show notifications. Its settings can change that.',
  complete: 'A download is complete.',
  failed: 'A download has stopped. Please have a look.',
});
