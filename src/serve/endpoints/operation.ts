/** For whoever keeps the server running: is it alive, is it ready, what does it measure? */
import { flawmapVersion } from '../../core/version.ts';
import { defineEndpoint, type Endpoint, jsonAnswer } from '../endpoint.ts';
import { health, readiness } from '../schemas.ts';

const healthz = defineEndpoint({
  method: 'get',
  path: '/healthz',
  id: 'health',
  summary: 'Whether the server is alive',
  open: true,
  answers: { 200: { description: 'It is', content: { 'application/json': health } } },
  problems: [],
  handle({ service: { reloads, models, conditions } }) {
    const now = new Date();
    const changed = [...models.current.values()].filter(
      (model) => conditions.status(model, now).alarm !== null,
    );
    return jsonAnswer(health, {
      ...{ status: 'ok', version: flawmapVersion() },
      ...{ staleModels: reloads.stale(), conditionsChanged: changed.length },
    });
  },
});

const readyz = defineEndpoint({
  method: 'get',
  path: '/readyz',
  id: 'readiness',
  summary: 'Whether the server takes images',
  open: true,
  answers: {
    200: { description: 'It does', content: { 'application/json': readiness } },
    503: {
      description: 'No worker is ready, or the server is stopping',
      content: { 'application/json': readiness },
    },
  },
  problems: [],
  handle({ service: { pool, isClosing } }) {
    const { ready, busy, wanted, queued } = pool.state();
    const isReady = ready > 0 && !isClosing();
    const answer = { ready: isReady, workers: { ready, busy, wanted }, queued };
    return jsonAnswer(readiness, answer, isReady ? 200 : 503);
  },
});

const metrics = defineEndpoint({
  method: 'get',
  path: '/metrics',
  id: 'metrics',
  summary: 'Measurements for Prometheus',
  answers: { 200: { description: 'Its text format', content: { 'text/plain': 'text' } } },
  problems: [],
  async handle({ service }) {
    return new Response(await service.metrics.text(), {
      headers: { 'content-type': service.metrics.contentType, 'cache-control': 'no-store' },
    });
  },
});

export const OPERATION_ENDPOINTS: readonly Endpoint[] = [healthz, readyz, metrics];
