import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, readPage } from './helpers/markdown';

const NOT_OURS = new Set(['node_modules', 'cdk.out', 'dist', 'coverage', '.git', '.punctual']);

function pagesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : pagesBelow(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

/** Addresses within the repository, as `[page, target, anchor]`. */
function linksOf(page: string): [string, string, string][] {
  const prose = readPage(page).replace(/^```[\s\S]*?^```$/gm, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return [page, path === '' ? page : join(dirname(page), path), anchor];
    });
}

/** The anchors of a page, made as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pagesBelow('.'))('every link of %s leads somewhere', (page) => {
  const broken = linksOf(page).filter(([, path, anchor]) => {
    if (!existsSync(join(ROOT, path))) return true;
    return anchor !== '' && !anchorsOf(path).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('every decision is on the list of decisions', () => {
  const decisions = readdirSync(join(ROOT, 'docs/decisions')).filter((file) => file !== 'README.md');
  const listed = linksOf('docs/decisions/README.md').map(([, path]) => path.replace('docs/decisions/', ''));
  expect(listed.toSorted()).toEqual(decisions.toSorted());
});
