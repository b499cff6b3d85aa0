/** The camera as single frames. */
import { environmentError, messageOf } from '../../src/core/error.ts';

export interface Camera {
  /** What it sees now. */
  frame(): Promise<ImageBitmap>;
  stop(): void;
}

/** More than models look at; enough to freeze. */
const WANTED = { width: { ideal: 1280 }, height: { ideal: 960 }, facingMode: 'environment' };

/**
 * @throws FlawmapError (environment) without a camera, or the permission to use it; the signal's reason
 */
export async function openCamera(signal: AbortSignal): Promise<Camera> {
  if (navigator.mediaDevices === undefined) {
    throw environmentError({
      what: 'the camera cannot be used',
      expected: 'a page from this machine (localhost) or by https',
      found: location.origin,
      remedy: 'open the page by https; browsers lend cameras to no others',
    });
  }
  const refuse = (error: unknown) => {
    throw environmentError({
      what: 'the camera cannot be used',
      found: messageOf(error),
      remedy: 'connect a camera that nothing else uses, and allow this page to use it',
    });
  };
  const stream = await navigator.mediaDevices
    .getUserMedia({ video: WANTED, audio: false })
    .catch(refuse);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  try {
    signal.throwIfAborted();
    await video.play().catch(refuse);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    async frame() {
      if (stream.getVideoTracks().every(({ readyState }) => readyState === 'ended')) {
        throw environmentError({
          what: 'the camera has stopped',
          remedy: 'connect it again, then press Camera',
        });
      }
      return createImageBitmap(video, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
    },
    stop,
  };
}
