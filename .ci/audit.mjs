// Fails where a package that is installed with flawmap has a known vulnerability of high or critical
// severity. Registries that do not answer such questions (mirrors, proxies) leave it undone, and that
// is said.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64e6,
  timeout: 120_000,
});
let report = {};
try {
  report = JSON.parse(stdout);
} catch {
  report = { message: 'no report' };
}
const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  const reason = report.message ?? report.error?.summary ?? 'no report';
  console.log(`not audited: the registry does not answer (${reason})`);
} else {
  const severe = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  );
  for (const { name, severity, range } of severe) console.error(`${severity}: ${name} ${range}`);
  console.log(`${counts.total} known vulnerabilities, ${severe.length} of them high or critical`);
  process.exitCode = severe.length === 0 ? 0 : 1;
}
