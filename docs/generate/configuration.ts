import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema } from '../../lib/configuration/configuration-schema';
import { type Setting, settingsOf } from './settings';

const INTRODUCTION = `# Configuration

\`punctual.config.ts\` is the one file to edit. What it may say is described in \`lib/configuration/\`; this page is made from there by \`npm run generate\`, and a test notices when it is out of date.

A wrong value is reported at synth with its path, what was given and what is allowed. Unknown keys are refused. *Required* means: in the section that it belongs to.
`;

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const settings = settingsOf(configurationSchema);
  const below = (name: string) => settings.filter(({ path }) => path.split('.')[0] === name);
  const { common, kinds } = splitByKind(below('systems'));
  const sections = [
    section('Environments', below('environments')),
    section('What the Actions send', below('emit')),
    section('Which connections bring accounts', below('jit')),
    section('At login', below('login')),
    section('A second factor', below('mfa')),
    section(`Systems of every kind but \`${PLAIN}\``, common),
    ...kinds.map(([kind, own]) => section(`Systems of the kind \`${kind}\``, own)),
  ];
  return [INTRODUCTION, ...sections].join('\n');
}

/** Has no function of ours, and hardly a setting that the others have. Its section tells all of them. */
const PLAIN = 'sqs';

/** What a system is. Its own settings may have kinds too. */
const KIND = 'systems.<name>.kind';

interface SystemSettings {
  readonly common: Setting[];
  readonly kinds: [string, Setting[]][];
}

// The settings of each kind begin with `kind`; what all kinds have is told once.
function splitByKind(settings: readonly Setting[]): SystemSettings {
  const kinds: [string, Setting[]][] = [];
  const shared: Setting[] = [];
  for (const setting of settings) {
    if (setting.path === KIND) kinds.push([setting.allowed, []]);
    (kinds.at(-1)?.[1] ?? shared).push(setting);
  }
  const isSame = (one: Setting, other: Setting) => one.path === other.path && one.allowed === other.allowed;
  const worked = kinds.filter(([kind]) => !kind.includes(PLAIN));
  const inAll = (setting: Setting) =>
    setting.path !== KIND && worked.every(([, own]) => own.some((other) => isSame(setting, other)));
  const [, first = []] = kinds[0] ?? [];
  const common = [...shared, ...first.filter(inAll)];
  const ownOf = ([kind, own]: [string, Setting[]]): [string, Setting[]] =>
    kind.includes(PLAIN) ? [kind, own] : [kind, own.filter((setting) => !inAll(setting))];
  return { common, kinds: kinds.map(ownOf) };
}

function section(title: string, settings: readonly Setting[]): string {
  const head = ['| setting | allowed | default | meaning |', '|---|---|---|---|'];
  return [`## ${title}`, '', ...head, ...settings.map(row), ''].join('\n');
}

function row({ path, allowed, byDefault, isRequired, meaning }: Setting): string {
  const isSection = allowed.startsWith('an object with no other keys');
  const given = byDefault === undefined ? (isRequired ? '*required*' : '') : `\`${byDefault}\``;
  const cells = [`\`${path}\``, isSection ? 'a section' : allowed, given, meaning];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

if (require.main === module) writeFileSync(join(__dirname, '..', 'configuration.md'), configurationPage());
