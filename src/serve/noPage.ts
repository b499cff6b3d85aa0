/** What is at / where the inspector page was not built. */
import { escapeHtml } from './escapeHtml.ts';

export function noPage(models: readonly string[]): Response {
  const names = models.map((name) => `<li><code>${escapeHtml(name)}</code></li>`).join('');
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>flawmap</title>
<h1>flawmap serve</h1>
<p>The server runs; this installation has no inspector page (<code>dist/web</code>).</p>
<p>Models:</p><ul>${names}</ul>
<p>What can be asked: <a href="openapi.json">openapi.json</a>. Measurements:
<a href="metrics">metrics</a>.</p>
</html>
`;
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-cache',
    },
  });
}
