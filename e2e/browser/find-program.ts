import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program may be. */
export interface ProgramPlaces {
  /** The environment variable that may name it. */
  readonly variable: string;
  readonly names: readonly string[];
  /** Beside those of PATH. */
  readonly folders: readonly string[];
  /** Full paths, where a system has it elsewhere. */
  readonly applications: readonly string[];
}

/** The executable of an installed program: what its variable names, else the first found; undefined if none is. */
export function findProgram(
  { variable, names, folders, applications }: ProgramPlaces,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const chosen = environment[variable];
  if (chosen !== undefined && chosen !== '') return isExecutable(chosen) ? chosen : undefined;
  const programs = [...(environment['PATH'] ?? '').split(delimiter), ...folders].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  );
  return [...programs, ...applications].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
