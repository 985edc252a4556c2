import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { removeHosts, ShapedHosts } from '../../../e2e/hosts/shaped-hosts.ts';

/** Names the owner of the hub to the process that runs inside it. */
const OWNER = 'PEERIFY_BENCH_HUB';
const END_TIMEOUT_MS = 3000;
const LOOK_EVERY_MS = 50;

/**
 * Runs this very command once more inside a hub, so that every server which `work` starts stands there, between the
 * hosts. The outer process only waits, and removes hub, hosts and all processes on them whatever becomes of the inner one.
 */
export async function runInHub(work: (hosts: ShapedHosts) => Promise<void>): Promise<void> {
  const owner = process.env[OWNER];
  if (owner === undefined) await runAgainInside();
  else await work(new ShapedHosts(Number(owner)));
}

async function runAgainInside(): Promise<void> {
  removeHosts();
  const hosts = new ShapedHosts(process.pid);
  let inner: number | undefined;
  const removeNow = (): void => {
    if (inner !== undefined) endAndWait(inner);
    removeHosts(process.pid);
  };
  process.once('exit', removeNow);
  hosts.addHub();
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('ip', ['netns', 'exec', hosts.hub, ...command], {
    stdio: 'inherit',
    env: { ...process.env, [OWNER]: String(process.pid) },
  });
  inner = child.pid;
  const [code]: unknown[] = await once(child, 'exit');
  inner = undefined;
  process.exitCode = typeof code === 'number' ? code : 1;
}

/** On the way out nothing can be awaited. */
function endAndWait(processId: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  try {
    process.kill(processId, 'SIGTERM');
    for (let waitedMs = 0; waitedMs < END_TIMEOUT_MS; waitedMs += LOOK_EVERY_MS) {
      Atomics.wait(pause, 0, 0, LOOK_EVERY_MS);
      process.kill(processId, 0);
    }
  } catch {
    // It is gone.
  }
}
