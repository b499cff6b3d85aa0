/** What a server is and how it is used, for whoever has started it. */
import type { Limits } from '../../serve/limits.ts';
import type { RunningServer } from '../../serve/serve.ts';
import type { CommandContext } from '../command.ts';

export function describeServer(
  {
    address,
    models,
    hasPage,
    memory,
  }: Pick<RunningServer, 'address' | 'models' | 'hasPage' | 'memory'>,
  { token, limits }: { readonly token: string | undefined; readonly limits: Limits },
  paint: CommandContext['paint'],
): string {
  const { serverBytes, workersBytes } = memory();
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const widest = Math.max(...models.map(({ name }) => name.length));
  const open = token === undefined ? address : `${address}/?token=…`;
  return [
    paint('bold', `listening on ${address}`),
    ...models.map(
      ({ name, category, method, backbone, thresholds }) =>
        `  ${name.padEnd(widest)}  ${method} of ${category} on ${backbone}, threshold ${thresholds.image.toPrecision(4)}`,
    ),
    hasPage ? `page       ${open}` : 'page       none: this installation was built without it',
    `workers    ${limits.workers}, ${megabytes(workersBytes)} together; the server ${megabytes(serverBytes)}`,
    `takes      ${limits.queue} waiting requests, images of ${megabytes(limits.maxBytes)} and ${limits.maxPixels / 1e6} megapixels`,
    `try        curl -F image=@photo.png ${token === undefined ? '' : '-H "Authorization: Bearer $FLAWMAP_TOKEN" '}${address}/v1/models/${models[0]!.name}/inspect`,
    'stop       Ctrl-C: what was taken is finished first',
  ].join('\n');
}
