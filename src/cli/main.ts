#!/usr/bin/env node
import { COMMAND_GROUPS, COMMANDS } from './commands.ts';
import { startCli } from './startCli.ts';

await startCli(COMMANDS, COMMAND_GROUPS);
