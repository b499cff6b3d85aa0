import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cacheFolder.ts';

const ann = () => '/home/ann';

describe('cacheFolder', () => {
  it('prefers FLAWMAP_CACHE to everything else, made absolute', () => {
    const environment = { FLAWMAP_CACHE: 'here', XDG_CACHE_HOME: '/xdg' };
    expect(cacheFolder(environment, 'linux', ann)).toBe(resolve('here'));
  });

  it('follows XDG_CACHE_HOME only where it is absolute', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' }, 'linux', ann)).toBe('/xdg/flawmap');
    expect(cacheFolder({ XDG_CACHE_HOME: 'xdg' }, 'linux', ann)).toBe('/home/ann/.cache/flawmap');
  });

  it('uses the place each platform has for caches', () => {
    expect(cacheFolder({}, 'linux', ann)).toBe('/home/ann/.cache/flawmap');
    expect(cacheFolder({}, 'darwin', ann)).toBe('/home/ann/Library/Caches/flawmap');
    expect(cacheFolder({ LOCALAPPDATA: '/C/Local' }, 'win32', ann)).toBe('/C/Local/flawmap/cache');
    expect(cacheFolder({}, 'win32', ann)).toBe('/home/ann/AppData/Local/flawmap/cache');
  });

  it('treats empty variables as unset', () => {
    const environment = { FLAWMAP_CACHE: '', XDG_CACHE_HOME: '' };
    expect(cacheFolder(environment, 'linux', ann)).toBe('/home/ann/.cache/flawmap');
  });

  it('falls back to the temporary folder when there is no home', () => {
    const unknownUser = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    const expected = join(tmpdir(), 'flawmap-cache-');
    expect(cacheFolder({}, 'linux', unknownUser).startsWith(expected)).toBe(true);
    expect(cacheFolder({}, 'linux', () => '').startsWith(expected)).toBe(true);
  });
});
