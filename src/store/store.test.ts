import { onTestFinished } from 'vitest';
import { BUCKET, startS3 } from '../../test/support/s3Server.ts';
import { describeStore } from '../../test/support/storeContract.ts';
import { makeTree } from '../../test/support/tree.ts';
import { openStore } from './openStore.ts';

async function openUntilTheEnd(place: string) {
  const store = await openStore(place);
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
}

describeStore('a folder', () => openUntilTheEnd(`${makeTree({})}/new/store`));

describeStore('S3', async () => {
  await startS3();
  return openUntilTheEnd(`s3://${BUCKET}/below/this`);
});

describeStore('a server without conditional writes', async () => {
  const s3 = await startS3();
  s3.conditional = false;
  return openUntilTheEnd(`s3://${BUCKET}`);
});
