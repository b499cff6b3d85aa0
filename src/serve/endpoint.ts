/** What an address of the server is: routes and the OpenAPI document are both made from these. */
import type { z } from 'zod';
import { Refusal } from './problem.ts';
import type { Service } from './service.ts';

/** What a body is made of; a string for what is no JSON. */
export type Content = z.ZodType | 'binary' | 'text';

export interface Answer {
  readonly description: string;
  /** By media type. */
  readonly content: Readonly<Record<string, Content>>;
}

export interface RequestBody {
  readonly description: string;
  /** `multipart`: one part, or several, of this field. */
  readonly content: Readonly<
    Record<string, Content | { readonly field: string; several: boolean }>
  >;
}

export interface Call<Query = Readonly<Record<string, unknown>>> {
  readonly service: Service;
  readonly request: Request;
  /** From the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Query;
}

export interface Endpoint<Query = Readonly<Record<string, unknown>>> {
  readonly method: 'get' | 'post';
  /** `/v1/models/{name}` */
  readonly path: string;
  /** The OpenAPI document's operationId. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Answered without the token. */
  readonly open?: boolean;
  readonly query?: z.ZodType<Query>;
  readonly body?: RequestBody;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of problems it may answer with, besides those that every address may. */
  readonly problems: readonly number[];
  handle(call: Call<Query>): Response | Promise<Response>;
}

export const defineEndpoint = <Query>(endpoint: Endpoint<Query>): Endpoint =>
  endpoint as unknown as Endpoint;

/** What the schema does not know is left out; what it refuses is a fault of the server. */
export const jsonAnswer = <T extends z.ZodType>(
  schema: T,
  value: z.input<T>,
  status = 200,
): Response =>
  new Response(JSON.stringify(schema.parse(value)), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

/** @throws Refusal with the status, naming what does not fit */
export function checked<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: string,
  status: number,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new Refusal(status, {
    what: `${what} cannot be taken`,
    expected: 'what /openapi.json says',
    found: issues.join('; '),
  });
}
