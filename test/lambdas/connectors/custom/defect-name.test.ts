import { ConnectorDefect } from '../../../../lambdas/connectors/custom/checked-answers';
import { defectName } from '../../../../lambdas/connectors/custom/defect-name';

const called = (name: unknown) => Object.assign(new Error('of ada@example.com'), { name });

test.each([
  [new TypeError('ada'), 'TypeError'],
  [new ConnectorDefect('find'), 'ConnectorDefect'],
  [called('DeskException'), 'DeskException'],
  [called('Ada'), 'Error'],
  [called('Ada Lovelace'), 'Error'],
  [called('ada@example.com'), 'Error'],
  [called('ada.lovelace.Error'), 'Error'],
  [called(['AdaError']), 'Error'],
  ['ada', 'string'],
  [undefined, 'undefined'],
])('of %p the log is told a class, and nothing that may be about somebody', (thrown, told) => {
  expect(defectName(thrown)).toBe(told);
});
