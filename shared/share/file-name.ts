import { utf8 } from './bytes.ts';

const MAX_NAME_LENGTH = 200;
/** Longer than this, what follows the last dot is no extension worth keeping. */
const MAX_EXTENSION_LENGTH = 32;
export const MAX_PATH_LENGTH = 1024;
const FALLBACK_NAME = 'download.bin';

/** Controls, line separators, lone surrogates, and whatever is invisible or turns the writing direction round. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{2800}\u{3164}\u{ffa0}]|\u{34f}|\u{17b4}|\u{17b5}/gu;
/** What some system or shell reads as more than a letter. */
const RESERVED = /[/\\:*?"<>|]/g;
/** Windows opens a device for these, whatever the extension. */
const DEVICE = /^(?:aux|con|conin\$|conout\$|nul|prn|(?:com|lpt)[\d¹²³]) *(?:\.|$)/i;

const encoder = new TextEncoder();

/** A name that is safe to show and to save under on any system: at most 200 bytes of UTF-8, never empty. Idempotent. */
export function cleanFileName(name: string): string {
  return cleanSegment(name) || FALLBACK_NAME;
}

/** Cleans every segment and drops those that lead elsewhere. Of a path beyond 1,024 characters the end is kept. */
export function cleanPath(path: string): string {
  const segments = path.split('/');
  const fileName = cleanFileName(segments.pop() ?? '');
  const folders = segments.map(cleanSegment).filter((segment) => segment !== '');
  let cleaned = fileName;
  for (const folder of folders.toReversed()) {
    const longer = `${folder}/${cleaned}`;
    if (longer.length > MAX_PATH_LENGTH) break;
    cleaned = longer;
  }
  return cleaned;
}

/** Cuts at the last dot, so that stem and extension (dot included, or empty) make the name again. */
export function splitExtension(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** Cuts a name's stem, never half a code point, so that it fits into `maxBytes` of UTF-8 with its extension. */
export function shortenName(name: string, maxBytes: number): string {
  if (utf8(name).byteLength <= maxBytes) return name;
  const { stem, extension } = splitExtension(name);
  const extensionLength = utf8(extension).byteLength;
  if (extensionLength > MAX_EXTENSION_LENGTH) return truncateUtf8(name, maxBytes);
  return truncateUtf8(stem, maxBytes - extensionLength) + extension;
}

function cleanSegment(name: string): string {
  const visible = name.replace(INVISIBLE, '').normalize('NFC');
  const tame = visible.replace(RESERVED, '_').replace(/\s+/g, ' ');
  const trimmed = tame.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
  const named = DEVICE.test(trimmed) ? `_${trimmed}` : trimmed;
  return shortenName(named, MAX_NAME_LENGTH).replace(/[. ]+$/, '');
}

function truncateUtf8(text: string, maxBytes: number): string {
  const { read } = encoder.encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

/** What some system runs, mounts or opens with its own rights on a double click. */
const DANGEROUS_EXTENSIONS = new Set(
  [
    'apk app appimage application appref-ms appx bat cab chm cmd com command cpl csh deb desktop dll dmg docm exe',
    'fileloc gadget hta htm html img inetloc inf iso jar jnlp js jse ksh library-ms lnk mht mhtml mjs msc msi msix msp',
    'one pif pkg potm ppam pptm ps1 psm1 py pyw rdp reg rpm run scf scr sct search-ms settingcontent-ms sh shs',
    'shtml sldm svg svgz sys terminal theme tool url vb vbe vbs vhd vhdx webloc workflow ws wsf wsh xht xhtml xlam',
    'xll xlsm xltm xpi zsh',
  ].flatMap((line) => line.split(' ')),
);

/** Whether to warn before a file of this name is saved. */
export function isDangerousName(name: string): boolean {
  const { extension } = splitExtension(cleanFileName(name));
  return DANGEROUS_EXTENSIONS.has(extension.slice(1).toLowerCase());
}
