// The report page's client script, bundled into one, and its style sheet. Run as a program it
// writes both into the folder given, beside the compiled module that reads them.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';

const PAGE = resolve(import.meta.dirname, '..', 'src', 'report', 'html');
// In the order of the cascade.
const STYLES = ['base', 'layout', 'blocks', 'interactive', 'print'];

export async function makePageAssets() {
  const { output } = await build({
    input: join(PAGE, 'client', 'main.ts'),
    platform: 'browser',
    output: { format: 'iife', minify: true },
    write: false,
    logLevel: 'warn',
  });
  const styles = STYLES.map((name) => readFile(join(PAGE, 'styles', `${name}.css`), 'utf8'));
  return { client: inline(output[0].code), style: (await Promise.all(styles)).join('\n') };
}

// Within a script element this would end it.
const inline = (code) => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  const { client, style } = await makePageAssets();
  await writeFile(join(folder, 'client.js'), client);
  await writeFile(join(folder, 'page.css'), style);
}
