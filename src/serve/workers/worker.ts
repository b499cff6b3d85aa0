/** The program of a worker process. */
import { serveTasks } from './serveTasks.ts';

serveTasks();
