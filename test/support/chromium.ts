/** Pages are looked at in Chromium; tests that need it skip with the reason in their name where it is absent. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export function describeWithChromium(name: string, body: () => void): void {
  const present = existsSync(CHROMIUM);
  const title = present ? name : `${name} (skipped: ${CHROMIUM} is absent; set CHROMIUM_PATH)`;
  describe.skipIf(!present)(title, body);
}

/** Without its sandbox, which root cannot have: the pages are our own. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
