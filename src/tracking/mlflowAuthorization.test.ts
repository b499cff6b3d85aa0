import { expect, it } from 'vitest';
import { authorization } from './mlflowAuthorization.ts';

it('is a name with its password, else a token, else nothing', () => {
  const named = { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'grün' };
  // printf 'ann:grün' | base64
  const basic = { authorization: 'Basic YW5uOmdyw7xu' };
  expect(authorization(named)).toEqual(basic);
  expect(authorization({ ...named, MLFLOW_TRACKING_TOKEN: 't' })).toEqual(basic);
  const unfinished = { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_TOKEN: 't' };
  expect(authorization(unfinished)).toEqual({ authorization: 'Bearer t' });
  expect(authorization({ MLFLOW_TRACKING_TOKEN: '' })).toEqual({});
});
