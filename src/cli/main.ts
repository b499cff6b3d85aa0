#!/usr/bin/env -S GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1 node
// Memory in pages of 2 MB where the system has them: a model opens in about half the time. Only the C
// library's start can be told.
import { COMMAND_GROUPS, COMMANDS } from './commands.ts';
import { startCli } from './startCli.ts';

await startCli(COMMANDS, COMMAND_GROUPS);
