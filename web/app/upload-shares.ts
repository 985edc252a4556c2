/**
 * What each of several swarms may send when all together may send no more than `bytesPerSecond`: equal parts for those
 * that are sending, and for one that is not, the part it would have if it began.
 */
export function computeUploadShares(
  bytesPerSecond: number,
  isSending: readonly boolean[],
): readonly number[] {
  const count = isSending.filter(Boolean).length;
  return isSending.map((sends) => bytesPerSecond / (sends ? count : count + 1));
}
