// Adds up vitest's JSON reports and fails on skipped tests that .ci/allowed-skips does not name.
import { readFileSync } from 'node:fs';

const [allowedFile, ...reports] = process.argv.slice(2);
const allowed = readFileSync(allowedFile, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const tests = reports
  .flatMap((report) => JSON.parse(readFileSync(report, 'utf8')).testResults)
  .flatMap((file) => file.assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
const forbidden = skipped.filter(
  ({ fullName }) => !allowed.some((name) => fullName.includes(name)),
);
for (const { fullName } of forbidden) console.error(`skipped, but must run here: ${fullName}`);
console.log(`${count('passed')} passed, ${count('failed')} failed, ${skipped.length} skipped`);
process.exitCode = count('passed') > 0 && count('failed') === 0 && forbidden.length === 0 ? 0 : 1;
