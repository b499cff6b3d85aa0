/** Every command, in the order of `flawmap --help`. */
import type { Command } from './command.ts';
import { backboneListCommand } from './commands/backboneList.ts';
import { backbonePullCommand } from './commands/backbonePull.ts';
import { doctorCommand } from './commands/doctor.ts';

export const COMMANDS: readonly Command[] = [
  backboneListCommand,
  backbonePullCommand,
  doctorCommand,
];

export const COMMAND_GROUPS: Readonly<Record<string, string>> = {
  backbone: 'the frozen networks that turn images into features',
};
