import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

const run = promisify(execFile);

test('an error that nobody catches ends the process without its message', async () => {
  const source = `
    import { endOnUncaught } from './end-on-uncaught.ts';
    import { createLog } from './log.ts';
    endOnUncaught(createLog('debug'));
    setInterval(() => {}, 1000);
    void Promise.reject(new Error('192.0.2.1'));
  `;
  const program = ['--import', 'tsx', '--input-type=module', '--eval', source];
  const ended = run(process.execPath, program, { cwd: join(import.meta.dirname) });
  const error: unknown = await ended.catch((error: unknown) => error);
  expect(error).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the tracker has failed'),
  });
  expect(error).not.toMatchObject({ stderr: expect.stringContaining('192.0.2.1') });
});
