/** How a file can be looked at in the page. */
export type PreviewKind = 'video' | 'audio' | 'image' | 'text';

/**
 * What elements show or play, by extension. The type is ours and never the sharer's word; none of these is one that a
 * browser opens as a page, but for SVG, which is shown by an image element alone, and runs nothing there.
 */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  ogv: 'video/ogg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};

/** Shown as they are written, whatever they would do elsewhere. */
const TEXT_EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'txt md rst log csv tsv json xml yaml yml ini conf cfg toml srt vtt tex diff patch sql ' +
    'html htm css js mjs ts tsx jsx py rb go rs c h cpp hpp cs java kt swift php sh'
  ).split(' '),
);

/** The type under which an element may show it; undefined for what none shows. */
export function findMediaType(path: string): string | undefined {
  const extension = readExtension(path);
  return Object.hasOwn(MEDIA_TYPES, extension) ? MEDIA_TYPES[extension] : undefined;
}

export function findPreviewKind(path: string): PreviewKind | undefined {
  const type = findMediaType(path);
  if (type?.startsWith('video/') === true) return 'video';
  if (type?.startsWith('audio/') === true) return 'audio';
  if (type !== undefined) return 'image';
  return TEXT_EXTENSIONS.has(readExtension(path)) ? 'text' : undefined;
}

function readExtension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  // A name that begins with its only dot has no extension.
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
