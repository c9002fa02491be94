import { compileFilterPattern } from '../../../local/cloudwatch/filter-pattern';

const LINE = JSON.stringify({ status: '429', latencyMs: 12, ok: true, error: { type: 'THROTTLED' } });

test.each([
  ['', true],
  ['"THROTTLED"', true],
  ['"QUOTA"', false],
  ['{ $.status = "429" }', true],
  ['{ $.status = "4*" }', true],
  ['{ $.status = 4* }', true],
  ['{ $.status = "200" }', false],
  ['{ $.status = 429 }', false],
  ['{ $.status != "200" }', true],
  ['{ $.latencyMs = 12 }', true],
  ['{ $.latencyMs = "12" }', false],
  ['{ $.error.type = "THROTTLED" }', true],
  ['{ ($.status = "429") && ($.latencyMs = 12) }', true],
  ['{ ($.status = "429") && ($.latencyMs = 13) }', false],
  ['{ $.missing != "429" }', false],
  ['{ $.constructor != "x" }', false],
])('%s: %p', (pattern, expected) => {
  expect(compileFilterPattern(pattern)(LINE)).toBe(expected);
});

test.each(['not JSON', '[1]', ''])('a comparison of fields does not fit "%s"', (line) => {
  expect(compileFilterPattern('{ $.status != "1" }')(line)).toBe(false);
});

test.each([
  'ERROR',
  '?ERROR ?WARN',
  '[ip, user, status = 4*]',
  '%ERROR%',
  '{ $.status = "429" || $.status = "500" }',
  '{ $.latencyMs > 1000 }',
  '{ $.status IS NULL }',
  '{ $.list[0] = 1 }',
  '{ $.status = %4\\d\\d% }',
  '{ $.status = "a \\" b" }',
  '{ }',
])('rejects %s by name', (pattern) => {
  expect(() => compileFilterPattern(pattern)).toThrow(/is not supported/);
});
