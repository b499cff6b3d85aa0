#!/usr/bin/env node
import { startWithHugePages } from '../core/hugePages.ts';
import { COMMAND_GROUPS, computes, loadCommands } from './commands.ts';

const argv = process.argv.slice(2);
if (computes(argv)) startWithHugePages();
// Loaded only now: where the program starts anew, it would be loaded twice.
const [{ startCli }, commands] = await Promise.all([import('./startCli.ts'), loadCommands(argv)]);
await startCli(commands, COMMAND_GROUPS);
