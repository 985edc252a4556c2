import type { Bytes } from '../../../shared/share/bytes.ts';
import type { VectorShare } from '../../../shared/share/vector-share.test-helper.ts';
import type { Decoder } from '../decoder.ts';
import { utf8 } from '../../../shared/share/bytes.ts';
import { findFileId, formatFileId, parseFileId } from '../../../shared/share/file-id.ts';
import { formatShareId, isShareId, shareIdBytes } from '../../../shared/share/share-id.ts';
import { accepted, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { readText } from '../read-text.ts';

const VIOLATIONS = ['empty', 'wrong-length', 'wrong-version', 'not-base64url'];
const INTERESTING = [
  '#',
  '##',
  ' ',
  '\u00a0',
  '\ufeff',
  '1',
  '2',
  '=',
  '+',
  '/',
  '-',
  '_',
  '%23',
  '\0',
]
  .concat('A'.repeat(43))
  .map(utf8);
const ODD_SECRETS = [0, 0xff, 0x55].map((byte) => new Uint8Array(16).fill(byte));

/** What a person pasted, and what stands in for a share ID. */
export function createLinkDecoders({ shareId, fileId, link }: VectorShare): readonly Decoder[] {
  const fileIds = [fileId].concat(
    [true, false].flatMap((hasPassword) =>
      ODD_SECRETS.map((secret) => formatFileId({ secret, shareId, hasPassword })),
    ),
  );
  const links = [link, `  ${link}\n`, `file:///x.html#${fileId}`, `#${fileId}`];
  const shareIds = [shareId, ...ODD_SECRETS.map(formatShareId)];
  return [
    {
      name: 'file-id',
      corpus: fileIds.map(utf8),
      violations: VIOLATIONS,
      maxOutputBytes: 1024,
      mutate,
      judge(input) {
        const text = readText(input);
        const parsed = parseFileId(text);
        if (!parsed.ok) return refused(parsed.violation);
        mustHold(formatFileId(parsed.value) === text, 'L4: one share has one spelling');
        return accepted(parsed.value);
      },
    },
    {
      name: 'link',
      corpus: [...links, ...fileIds].map(utf8),
      violations: VIOLATIONS,
      maxOutputBytes: 1024,
      mutate,
      judge(input) {
        const text = readText(input);
        const found = findFileId(text);
        if (!found.ok) return refused(found.violation);
        const [, ...fragment] = text.trim().split('#');
        const spelled = text.includes('#') ? fragment.join('#') : text.trim();
        mustHold(formatFileId(found.value) === spelled, 'L5: all behind the first # is a file ID');
        return accepted(found.value);
      },
    },
    {
      name: 'share-id',
      corpus: shareIds.map(utf8),
      violations: [REFUSED],
      maxOutputBytes: 1024,
      mutate,
      judge(input) {
        const text = readText(input);
        if (!isShareId(text)) return refused(REFUSED);
        mustHold(formatShareId(shareIdBytes(text)) === text, 'L6: canonical base64url');
        return accepted(shareIdBytes(text));
      },
    },
  ];
}

function mutate(...[input, other, random]: Parameters<Decoder['mutate']>): Bytes {
  return mutateBytes(input, other, random, INTERESTING);
}
