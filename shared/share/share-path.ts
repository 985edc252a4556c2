import { MAX_PATH_LENGTH } from './file-name.ts';

/** Whether a path is relative, stays below where it starts, and is spelled in one way only. At most 1,024 characters. */
export function isSharePath(path: string): boolean {
  if (path.length > MAX_PATH_LENGTH || /[\0\\]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
