/** Bytes of the file list as it stands at the stream's start. */
export const MAX_INDEX_LENGTH = 4 * 1024 * 1024;
export const MAX_FILE_COUNT = 100_000;
