import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'yargs';
import type { Command, OptionTable } from '../../cli/command';
import { COMMANDS } from '../../cli/commands';
import { ERROR_CODES } from '../../cli/error-codes';
import { GLOBAL_OPTIONS } from '../../cli/global-options';

const INTRODUCTION = `# The command line

\`npx punctual\` looks, sends and heals. It works on the local run of \`npm start\`, or with \`--stack NAME\` on a deployed stack. This page is made from the definitions of the commands by \`npm run generate\`, and a test notices when it is out of date.

- On a deployed stack it takes region and credentials as every AWS tool does: \`AWS_REGION\`, \`AWS_PROFILE\`, \`--region\`, \`--profile\`, single sign-on. \`AWS_ENDPOINT_URL\` is honoured.
- **What changes something leaves an audit row**: who, when, what, on what, how it ended, and how many. It is written before the act; what cannot be noted is not done. No personal data and no secret is in it. \`punctual audit list\` reads the rows.
- **People are named by \`userRef\`**, as in logs. A \`user_id\` is on the screen only where you typed it, and a message's body only with \`--body\`. What came from elsewhere is shown with its control characters made visible.
- \`--json\` prints one JSON value on stdout; an error or a warning is a JSON object on stderr. Without it an error is one line: \`punctual: <code>: <words>. <what to do>.\`
- **A command that changes something ends by itself or by Ctrl-C**, which ends it in order. It goes on when nobody reads what it says, as in \`| head\`. A flag without its value, as of a variable that is not set, is refused.
- Colours and progress bars are for terminals; \`NO_COLOR\` switches colours off.
- Completion: \`npm link\` makes \`punctual\` a command, then \`punctual completion >> ~/.bashrc\` or \`~/.zshrc\`. Names of systems come from the local run.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | something is not well; each command says below what |
| 2 | the command was typed wrong, or what it was given cannot be used |
| 3 | AWS, the tenant or the run refused or could not be reached |
`;

/** The text of docs/cli.md. */
export function commandLinePage(): string {
  const codes = Object.entries(ERROR_CODES).map(([code, words]) => `| \`${code}\` | ${words} |`);
  return [
    INTRODUCTION,
    section('Flags of every command', optionTable(GLOBAL_OPTIONS)),
    ...COMMANDS.map(commandSection),
    section('Error codes', [
      'Stable, for scripts. An event that cannot be sent has a code of [the contract](contract.md#codes), and so has an answer of the event API.',
      '',
      '| code | meaning |',
      '|---|---|',
      ...codes,
    ]),
  ].join('\n');
}

function commandSection({ usage, summary, details, options, examples, endsWithOne }: Command): string {
  const [name = ''] = usage.split(/ (?=[<[])/);
  return section(name, [
    `\`punctual ${usage}\`: ${summary}.${details === undefined ? '' : ` ${details}`}`,
    ...(endsWithOne === undefined ? [] : ['', `Ends with 1 when ${endsWithOne}.`]),
    ...(Object.keys(options).length === 0 ? [] : ['', ...optionTable(options, usage)]),
    '',
    '```sh',
    ...examples.map(([typed, words]) => `npx punctual ${typed}   # ${words}`),
    '```',
  ]);
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, '', ...lines, ''].join('\n');
}

function optionTable(options: OptionTable, usage = ''): string[] {
  const rows = Object.entries(options).map(([name, option]) => {
    const isPositional = new RegExp(`[<[]${name}[\\]>]`).test(usage);
    return `| \`${isPositional ? name : `--${name}`}\` | ${valueCell(option)} | ${option.description ?? ''} |`;
  });
  return ['| flag | value | meaning |', '|---|---|---|', ...rows];
}

function valueCell({ type, array, choices, default: byDefault, defaultDescription }: Options): string {
  const kind = type === 'boolean' ? '' : array ? 'texts' : type === 'number' ? 'a number' : 'a text';
  const allowed = choices === undefined ? kind : choices.map((choice) => `\`${choice}\``).join(', ');
  const given = defaultDescription ?? (byDefault === false ? undefined : byDefault);
  return given === undefined ? allowed : `${allowed}; \`${given}\` when left out`;
}

if (require.main === module) writeFileSync(join(__dirname, '..', 'cli.md'), commandLinePage());
