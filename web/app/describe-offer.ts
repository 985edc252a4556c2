import type { ChosenFile, Offered } from './app-state.ts';
import { computeShareName } from './share-name.ts';

export function describeOffer(files: readonly ChosenFile[]): Offered | undefined {
  if (files.length === 0) return undefined;
  return { name: computeShareName(files.map(({ path }) => path)), fileCount: files.length };
}
