import { ACCOUNT_LIMITS, concurrencyOf, countOf } from './account-limits';
import { table, writeParts } from './generated-parts';
import { sixtySystemsTemplates } from './sixty-systems';
import type { SizedTemplate } from './synthesize-templates';
import { measure, TEMPLATE_LIMITS, type TemplateLimit } from './template-limits';

/** The measured parts of docs/limits.md, for the templates of sixty systems. */
export function limitsParts(templates: readonly SizedTemplate[]): Record<string, string> {
  return {
    'sixty systems': table(['what', 'limit', 'sixty systems', 'used', 'in'], templateRows(templates)),
    account: table(['what', 'default limit', 'sixty systems', 'used'], accountRows(templates)),
  };
}

function templateRows(templates: readonly SizedTemplate[]): string[][] {
  return TEMPLATE_LIMITS.flatMap((limit) => {
    const found = measure(limit, templates);
    if (found === undefined) return [];
    const where = found.where === 'root' ? 'the stack' : "a system's stack";
    return [
      [
        limit.what,
        exactly(limit.limit, limit),
        roundly(found.value, limit),
        share(found.value, limit.limit),
        where,
      ],
    ];
  });
}

function accountRows(templates: readonly SizedTemplate[]): string[][] {
  const counted = ACCOUNT_LIMITS.map(
    (limit) => [limit.what, limit.limit, countOf(limit, templates)] as const,
  );
  const all = [...counted, ['Lambda functions running at once', 1_000, concurrencyOf(templates)] as const];
  return all
    .filter(([, , value]) => value > 0)
    .map(([what, limit, value]) => [what, grouped(limit), grouped(value), share(value, limit)]);
}

const exactly = (value: number, { unit }: TemplateLimit) =>
  unit === undefined ? grouped(value) : `${grouped(value)} ${unit}`;

// Sizes are rounded up, so that a word more or less in a description is no change of this page.
function roundly(value: number, limit: TemplateLimit): string {
  if (limit.unit === undefined) return exactly(value, limit);
  const step = value < 1_000 ? 10 : 10 ** (Math.floor(Math.log10(value)) - 1);
  return exactly(Math.min(roundedUp(value, step), limit.limit), limit);
}

const roundedUp = (value: number, step: number) => Math.ceil(value / step) * step;
const grouped = (value: number) => value.toLocaleString('en-US');

function share(value: number, limit: number): string {
  const percent = (100 * value) / limit;
  return percent < 1 ? 'below 1 %' : `${roundedUp(percent, percent > 10 ? 5 : 1)} %`;
}

if (require.main === module) writeParts('docs/limits.md', limitsParts(sixtySystemsTemplates()));
