import { findFileId } from '../../shared/share/file-id.ts';

/** Whether a text is a file ID, or a link that ends in one, and nothing else: that asks to be opened, not shared. */
export function isShareLink(text: string): boolean {
  return !/\s/.test(text.trim()) && findFileId(text).ok;
}

/**
 * Whether a text is such a link, or was one of this page's own before it was cut or altered: to open it tells so, where
 * to share it would only pass it on. Addresses of other sites, and texts of several words, are texts.
 */
export function asksToBeOpened(text: string, origin: string): boolean {
  return isShareLink(text) || isOwnAddress(text.trim(), origin);
}

/** An address of the page with something behind its #, written with or without what stands before the host. */
function isOwnAddress(text: string, origin: string): boolean {
  if (/\s/.test(text)) return false;
  const { host } = new URL(origin);
  const address = text.startsWith(`${host}/`) ? `${origin}${text.slice(host.length)}` : text;
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === origin && url.pathname === '/' && url.hash !== '';
}
