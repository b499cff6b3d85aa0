import { defineCommand } from '../command.ts';

const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const;

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'check that flawmap can work on this machine',
  description:
    'Shows versions, execution providers, cores, memory, folders and their room, the clock, fonts and the backbone files there, each with what to do where something is wrong. Ends with exit code 1 when there is a problem.',
  json: true,
  examples: [
    { command: 'doctor', explanation: 'One line for each thing checked, with what to do' },
    { command: 'doctor --json', explanation: 'The same for a support request' },
  ],
  async run({ control, print, paint }) {
    const { gatherFacts } = await import('../doctor/facts.ts');
    const { judge } = await import('../doctor/findings.ts');
    const facts = await gatherFacts(control.signal);
    const findings = judge(facts);
    const width = Math.max(...findings.map(({ subject }) => subject.length));
    for (const { status, subject, found, remedy } of findings) {
      print(`${paint(COLOURS[status], status.padEnd(7))}  ${subject.padEnd(width)}  ${found}`);
      if (remedy !== undefined) print(`${' '.repeat(width + 11)}to do: ${remedy}`);
    }
    const problems = findings.filter(({ status }) => status === 'problem').length;
    print(problems === 0 ? '\nNo problems.' : `\nProblems: ${problems}`);
    return { json: { ...facts, findings, problems }, problemsFound: problems > 0 };
  },
});
