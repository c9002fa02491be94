import type { Standing } from '../../events/standing';
import type { StatusSnapshot } from '../../events/status-snapshot';

/** What the document says of a snapshot in its text, and so not once more in its data. */
export function shownAtFirst(): Pick<StatusSnapshot, 'returnToken' | 'systems'> {
  const { value: returnToken } = document.getElementById('token') as HTMLInputElement;
  const lines = [...document.querySelectorAll<HTMLElement>('#systems li')];
  const systems = lines.map(({ dataset, firstElementChild }) => ({
    name: dataset.system ?? '',
    label: firstElementChild?.nextElementSibling?.textContent ?? '',
    required: dataset.later === undefined,
    standing: dataset.standing as Standing,
  }));
  return { returnToken, systems };
}
