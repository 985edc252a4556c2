// Adds up the reports that the test runs left. Given the test command's exit code, it prints "N passed, N failed" and
// fails where anything did, be it only the build.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.test-results';
const hasCommandFailed = process.argv[2] !== '0';

let passed = 0;
let failed = 0;
for (const name of listReports()) {
  const report = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  passed += report.numPassedTests;
  // A file that could not even be loaded has no tests to count.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(hasFailed),
  );
  failed += report.numFailedTests + broken.length;
}
if (failed === 0 && (hasCommandFailed || passed === 0)) failed = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || hasCommandFailed ? 1 : 0;

function listReports() {
  try {
    return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function hasFailed(assertion) {
  return assertion.status === 'failed';
}
