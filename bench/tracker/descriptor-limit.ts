import { execFileSync } from 'node:child_process';

/** What a process has open besides its connections. */
const SPARE_DESCRIPTORS = 200;

/** As this process hands it on to those it starts; Node has raised it to the hard limit. */
export function readDescriptorLimit(): number {
  const text = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
}

/** One sentence where a server cannot have so many connections open. */
export function explainDescriptorLimit(peers: number, limit: number): string | undefined {
  const needed = peers + SPARE_DESCRIPTORS;
  if (needed <= limit) return undefined;
  return `${peers} peers need ${needed} open files in one process, but only ${limit} are allowed: raise it with ulimit -n ${needed}, or choose fewer with --peers ${Math.max(1, limit - SPARE_DESCRIPTORS)}.`;
}
