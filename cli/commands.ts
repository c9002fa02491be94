import type { Command } from './command';
import { outputs } from './outputs/outputs';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [outputs];
