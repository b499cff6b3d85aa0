import type { S3Client } from '@aws-sdk/client-s3';
import type { StoreControl } from './store.ts';

export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  /** Tries what may fail for a while; its failure names the store. */
  doing<T>(
    work: (attempt: number) => Promise<T>,
    control?: StoreControl,
    attempts?: number,
  ): Promise<T>;
}

export const sendOptions = ({ signal }: StoreControl = {}) =>
  signal === undefined ? {} : { abortSignal: signal };
