/** Where flawmap keeps what it can fetch again, such as backbone weights. */
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * `$FLAWMAP_CACHE` if set, else the platform's place for caches: `$XDG_CACHE_HOME/flawmap` or
 * `~/.cache/flawmap`, on macOS `~/Library/Caches/flawmap`, on Windows
 * `%LOCALAPPDATA%\flawmap\cache`. A user without a home gets a folder under the system's temporary
 * one. An absolute path; nothing is created.
 */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  homeOfUser: () => string = homedir,
): string {
  if (environment.FLAWMAP_CACHE) return resolve(environment.FLAWMAP_CACHE);
  if (platform === 'win32' && environment.LOCALAPPDATA) {
    return join(environment.LOCALAPPDATA, 'flawmap', 'cache');
  }
  // The XDG base directory specification: relative paths are invalid and to be ignored.
  const xdg = environment.XDG_CACHE_HOME;
  if (platform !== 'win32' && xdg && isAbsolute(xdg)) return join(xdg, 'flawmap');
  const home = homeFolder(homeOfUser);
  if (home === undefined) return join(tmpdir(), `flawmap-cache-${process.getuid?.() ?? 'user'}`);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'flawmap');
  if (platform === 'win32') return join(home, 'AppData', 'Local', 'flawmap', 'cache');
  return join(home, '.cache', 'flawmap');
}

/** `homedir` throws for a container's arbitrary user, who is in no user database. */
function homeFolder(homeOfUser: () => string): string | undefined {
  try {
    const home = homeOfUser();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
