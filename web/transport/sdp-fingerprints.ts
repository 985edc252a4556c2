/** Every certificate fingerprint that a description names, sorted, each once. */
export function findFingerprints(sdp: string | undefined): readonly string[] {
  const found = new Set<string>();
  for (const [, fingerprint] of sdp?.matchAll(/^a=fingerprint:(.+?)\s*$/gm) ?? []) {
    if (fingerprint !== undefined) found.add(fingerprint);
  }
  return [...found].toSorted();
}
