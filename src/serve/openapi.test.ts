import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { ENDPOINTS } from './endpoints/endpoints.ts';
import { openApiDocument } from './openapi.ts';

it('is a valid OpenAPI 3.1 document that describes every address', async () => {
  const document = openApiDocument(ENDPOINTS);
  const config = await createConfig({ extends: ['spec', 'recommended'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([]);
  expect(Object.keys(document.paths as object).sort()).toEqual(
    [...new Set(ENDPOINTS.map(({ path }) => path))].sort(),
  );
  const text = JSON.stringify(document);
  for (const name of [
    'Inspection',
    'Box',
    'Verdict',
    'Problem',
    'ConditionsChange',
    'ModelDetails',
  ]) {
    expect(text).toContain(`#/components/schemas/${name}"`);
  }
  expect(document).toMatchObject({
    components: { schemas: { Inspection: { properties: { id: { type: 'string' } } } } },
  });
});
