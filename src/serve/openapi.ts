/** The OpenAPI 3.1 document, from the endpoints and the schemas that check what they take and give. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { flawmapVersion } from '../core/version.ts';
import type { Answer, Content, Endpoint, RequestBody } from './endpoint.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { problem } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** What every address may answer. */
const ALWAYS = [400, 403, 405, 500];

export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] ??= {};
    paths[endpoint.path]![endpoint.method] = operationOf(endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'flawmap',
      version: flawmapVersion(),
      summary: 'Judges photographs of products',
      description: 'See docs/serving.md for limits, metrics and how to run it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Needed where the server was started with a token',
        },
      },
    },
  };
}

function operationOf(endpoint: Endpoint, schemas: Record<string, unknown>): Json {
  const { id, summary, description, query, body, answers, problems, open } = endpoint;
  const parameters = [...pathParameters(endpoint.path), ...queryParameters(query)];
  const statuses = [...problems, ...ALWAYS, ...(open ? [] : [401])];
  const refused = [...new Set(statuses)]
    .filter((status) => !(status in answers))
    .map((status) => [status, problemAnswer(status)] as const);
  return {
    operationId: id,
    summary,
    ...(description !== undefined && { description: description.replaceAll('\n', ' ') }),
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, ...contentOf(body, schemas) } }),
    responses: Object.fromEntries(
      [
        ...Object.entries(answers).map(
          ([status, answer]) => [Number(status), contentOf(answer, schemas)] as const,
        ),
        ...refused.map(([status, answer]) => [status, contentOf(answer, schemas)] as const),
      ].sort(([a], [b]) => a - b),
    ),
  };
}

const problemAnswer = (status: number): Answer => ({
  description: STATUS_CODES[status] ?? 'A problem',
  content: { [PROBLEM_TYPE]: problem },
});

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
}

function queryParameters(query: Endpoint['query']): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as Json;
    return {
      ...{ name, in: 'query', required: required.includes(name) },
      ...(description !== undefined && { description }),
      schema,
    };
  });
}

function contentOf(
  { description, content }: Answer | RequestBody,
  schemas: Record<string, unknown>,
): Json {
  const types = Object.entries(content).map(([type, of]) => [
    type,
    { schema: schemaOf(of, schemas) },
  ]);
  return {
    description,
    ...(types.length > 0 && { content: Object.fromEntries(types) }),
  };
}

function schemaOf(
  content: Content | { readonly field: string; readonly several: boolean },
  schemas: Record<string, unknown>,
): Json {
  if (content === 'text') return { type: 'string' };
  if (content === 'binary') return { type: 'string', format: 'binary' };
  if ('field' in content) {
    const file = { type: 'string', format: 'binary' };
    const field = content.several ? { type: 'array', items: file, minItems: 1 } : file;
    return { type: 'object', required: [content.field], properties: { [content.field]: field } };
  }
  return referenced(content, schemas);
}

/** Schemas with an id become components; the others stand where they are used. */
function referenced(schema: z.ZodType, schemas: Record<string, unknown>): Json {
  const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input' });
  for (const [name, definition] of Object.entries($defs)) schemas[name] = relocated(definition);
  const id = schema.meta()?.id;
  if (id === undefined) return relocated(own) as Json;
  // Where it has definitions, it is one of them itself.
  if (!(id in $defs)) schemas[id] = relocated(own);
  return { $ref: `#/components/schemas/${id}` };
}

function relocated(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocated);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      // What zod calls a schema; a property of that name is no text.
      if (key === 'id' && typeof value === 'string') return [];
      if (key !== '$ref') return [[key, relocated(value)]];
      return [[key, String(value).replace('#/$defs/', '#/components/schemas/')]];
    }),
  );
}
