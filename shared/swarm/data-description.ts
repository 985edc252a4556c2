/** A line ends with CR LF or LF. Browsers differ in what else ends one, so nothing else that might is taken. */
const ODD_CHARACTER = /\r(?!\n)|[^\P{Cc}\r\n]|\p{Zl}|\p{Zp}/u;
/** Some browsers read names in any case, and no further than this. */
const DIRECTION = /^\s*a=\s*(?:sendrecv|sendonly|recvonly|inactive)/i;
const CANDIDATE = /^\s*a=\s*candidate/i;
/** Each is an address that a browser sends something to. */
const MAX_CANDIDATES = 20;

/**
 * Whether a session description is of one data channel and nothing else that could carry anything: beside it there
 * may be a video section through which neither end sends (S4). Nothing here has a use for a microphone.
 */
export function isDataDescription(sdp: string): boolean {
  if (ODD_CHARACTER.test(sdp)) return false;
  const lines = sdp.split(/\r?\n/);
  if (lines.filter((line) => CANDIDATE.test(line)).length > MAX_CANDIDATES) return false;
  const sections = splitSections(lines);
  const others = sections.filter(([first]) => first?.startsWith('m=application ') !== true);
  return (
    sections.length - others.length === 1 &&
    others.length <= 1 &&
    others.every((lines) => isIdleVideo(lines))
  );
}

function isIdleVideo(lines: readonly string[]): boolean {
  if (lines[0]?.startsWith('m=video ') !== true) return false;
  const directions = lines.filter((line) => DIRECTION.test(line));
  return directions.length === 1 && directions[0] === 'a=inactive';
}

/** The lines of each section, the one that begins it first; what all have in common is left out. */
function splitSections(lines: readonly string[]): readonly (readonly string[])[] {
  const sections: string[][] = [];
  for (const line of lines) {
    if (/^\s*m=/i.test(line)) sections.push([line]);
    else sections.at(-1)?.push(line);
  }
  return sections;
}
