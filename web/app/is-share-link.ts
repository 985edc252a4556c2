import { findFileId } from '../../shared/share/file-id.ts';

/** Whether a text is a file ID, or a link that ends in one, and nothing else: that asks to be opened, not shared. */
export function isShareLink(text: string): boolean {
  return !/\s/.test(text.trim()) && findFileId(text).ok;
}
